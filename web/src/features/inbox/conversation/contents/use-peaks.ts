/** How loud a recording is along its length, for drawing it. */
import { useEffect, useState } from 'react'

const BARS = 44
/** Until it is known, and where the browser cannot read the sound. */
const FLAT = Array.from({ length: BARS }, () => 0.2)
/** Longer ones are not worth the memory that decoding takes. */
const MOST_BYTES = 4_000_000

/** `BARS` numbers from 0 to 1, the loudest of all being 1. */
export function usePeaks(blob: Blob | null): number[] {
  const [peaks, setPeaks] = useState(FLAT)
  useEffect(() => {
    if (blob === null || blob.size > MOST_BYTES) return
    let wanted = true
    measure(blob).then(
      (found) => wanted && setPeaks(found),
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [blob])
  return peaks
}

async function measure(blob: Blob): Promise<number[]> {
  // Offline: needs no permission and no loudspeaker.
  const context = new OfflineAudioContext(1, 1, 8_000)
  const sound = await context.decodeAudioData(await blob.arrayBuffer())
  return peaksOf(sound.getChannelData(0))
}

function peaksOf(samples: Float32Array): number[] {
  const size = Math.max(1, Math.floor(samples.length / BARS))
  const loud = FLAT.map((_, bar) => {
    const part = samples.subarray(bar * size, (bar + 1) * size)
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, part.length))
  })
  const loudest = Math.max(...loud)
  return loudest === 0 ? FLAT : loud.map((each) => each / loudest)
}
