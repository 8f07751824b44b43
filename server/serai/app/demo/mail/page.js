// Shows what came as soon as it did.
const EVERY_MS = 1500
const latest = Number(document.body.dataset.latest)

for (const time of document.querySelectorAll('time')) {
  time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })
}

setInterval(async () => {
  const answer = await fetch('/letters').catch(() => null)
  if (!answer?.ok) return
  const [first] = await answer.json()
  if ((first?.number ?? 0) !== latest) location.assign('/')
}, EVERY_MS)
