// Wall clocks of time zones: show a moment there, and find the next moment with a given hour.

function parts(ms, zone) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
    hour: '2-digit', minute: '2-digit', second: '2-digit',
  })
  return Object.fromEntries(format.formatToParts(ms).map((part) => [part.type, Number(part.value)]))
}

function offset(ms, zone) {
  const wall = parts(ms, zone)
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second)
  return asUtc - Math.floor(ms / 1000) * 1000
}

// The next time, strictly later than now, that the zone's clocks show this full hour.
export function nextHour(now, hour, zone) {
  const today = parts(now, zone)
  for (let days = 0; days < 3; days += 1) {
    const wall = Date.UTC(today.year, today.month - 1, today.day + days, hour)
    const guess = wall - offset(wall, zone)
    const moment = wall - offset(guess, zone)
    if (moment > now) return moment
  }
  return now
}

export const clockTime = (ms, zone) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(ms)

export const longTime = (ms, zone) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, weekday: 'short', day: 'numeric', month: 'short',
    hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).format(ms)

export const dayName = (ms, zone) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' }).format(ms)
