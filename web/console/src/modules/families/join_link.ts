import { renderSVG } from 'uqr'

/** Where a code is typed; the code stands behind the #, so that no server on the way writes it down. */
export function join_address(): string {
  return `${location.origin}/join`
}

export function join_link(code: string): string {
  return `${join_address()}#${code}`
}

export function qr_picture(code: string): string {
  return `data:image/svg+xml,${encodeURIComponent(renderSVG(join_link(code), { border: 1 }))}`
}

/** "K7M 3XQ": in threes, or fives for the long ones. */
export function spaced(code: string): string {
  const half = code.length / 2
  return `${code.slice(0, half)} ${code.slice(half)}`
}
