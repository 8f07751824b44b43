/** The name of a field for machines, from its name for people: "Shoe size" is `shoe_size`. */
const LONGEST = 36

export function keyFrom(name: string, taken: readonly string[]): string {
  const letters = name.normalize('NFKD').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^[_0-9]+|_+$/g, '')
  const key = letters.slice(0, LONGEST) || 'field'
  if (!taken.includes(key)) return key
  let number = 2
  while (taken.includes(`${key}_${number}`)) number += 1
  return `${key}_${number}`
}
