/** What is kept on this device is of one person: all of it goes when they sign out. */
const forgetting = new Set<() => Promise<void>>()

/** Whoever keeps something says how it is forgotten. */
export function onForget(forget: () => Promise<void>): void {
  forgetting.add(forget)
}

export async function forgetDevice(): Promise<void> {
  await Promise.all(Array.from(forgetting, (forget) => forget()))
}
