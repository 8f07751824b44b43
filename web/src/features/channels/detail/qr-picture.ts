/** A link as a QR code, drawn here: Meta's own picture of it dies after a while, and would tell Meta who looks. */
import { correction, generate } from 'lean-qr'
import { toSvgSource } from 'lean-qr/extras/svg'

/** Dots of white around it, without which cameras do not find it. Source: ISO/IEC 18004, quiet zone. */
const QUIET = 4
/** Pixels of a picture that is good enough to print. */
const PNG_SIDE = 1_200

/** Black on white in either theme: cameras like nothing else. */
export function qrSvg(link: string): string {
  const code = generate(link, { minCorrectionLevel: correction.M })
  return toSvgSource(code, { on: 'black', off: 'white', pad: QUIET, scale: 8, xmlDeclaration: false })
}

export const svgAddress = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`

export const svgBlob = (svg: string) => new Blob([svg], { type: 'image/svg+xml' })

/** The same as a PNG, for programs that take no SVG. */
export async function pngBlob(svg: string): Promise<Blob> {
  const picture = new Image()
  picture.src = svgAddress(svg)
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = PNG_SIDE
  canvas.height = PNG_SIDE
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas in this browser')
  context.imageSmoothingEnabled = false
  context.drawImage(picture, 0, 0, PNG_SIDE, PNG_SIDE)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no PNG in this browser')) : resolve(blob)), 'image/png'),
  )
}
