// A name drawn by a finger: strokes as the data of an SVG path, which the proof prints as it is.

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** What a browser's and a mini-program's drawing surface have in common. */
export type Ink = Pick<
  CanvasRenderingContext2D,
  'strokeStyle' | 'lineWidth' | 'lineCap' | 'lineJoin' | 'beginPath' | 'moveTo' | 'lineTo' | 'stroke' | 'clearRect'
>

/** In which the server takes points. */
export const paper = { width: 600, height: 200 }
const longest = 20_000

const scaled = (value: number, size: number, most: number) => Math.max(0, Math.min(most, Math.round((value / size) * most)))

/** Where on the paper a finger is that is at `x` and `y` of the screen. */
export const point_in = (box: Box, x: number, y: number): [number, number] => [
  scaled(x - box.left, box.width, paper.width),
  scaled(y - box.top, box.height, paper.height),
]

export function start_at(drawing: string, [x, y]: [number, number], ink?: Ink): string {
  if (ink) {
    Object.assign(ink, { strokeStyle: '#1d2724', lineWidth: 4, lineCap: 'round', lineJoin: 'round' })
    ink.beginPath()
    ink.moveTo(x, y)
  }
  return has_room(drawing) ? `${drawing}M${x} ${y}` : drawing
}

export function go_on_with(drawing: string, [x, y]: [number, number], ink?: Ink): string {
  if (!has_room(drawing)) return drawing
  ink?.lineTo(x, y)
  ink?.stroke()
  return `${drawing}L${x} ${y}`
}

const has_room = (drawing: string) => drawing.length < longest - 20
