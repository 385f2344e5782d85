// A certificate as a picture to send to others: what the certificate says and nothing else.

export interface PictureFacts {
  platform: string
  title: string
  awarded: string
  name: string
  issuer: string
  day: string
  number: string
  check: string
}

/** What a browser's and a mini-program's drawing surface have in common. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'font'
  | 'textAlign'
  | 'globalAlpha'
  | 'fillRect'
  | 'strokeRect'
  | 'beginPath'
  | 'arc'
  | 'fill'
  | 'stroke'
  | 'fillText'
  | 'measureText'
>

export const picture_size = { width: 750, height: 1000 }

const family = '-apple-system, "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", sans-serif'

/** Parts a text into lines that fit: Chinese anywhere, other words at their blanks. */
export function lines_of(text: string, fits: (line: string) => boolean): string[] {
  const words = text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line && !fits(line + word.trimEnd())) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += word
  }
  return line ? [...lines, line.trimEnd()] : lines
}

export function draw_certificate(pen: Pen, facts: PictureFacts) {
  const { width, height } = picture_size
  const middle = width / 2

  function write(text: string, y: number, size: number, colour: string, weight = 400): number {
    pen.font = `${weight} ${size}px ${family}`
    pen.fillStyle = colour
    pen.textAlign = 'center'
    for (const line of lines_of(text, (each) => pen.measureText(each).width <= width - 180)) {
      pen.fillText(line, middle, y)
      y += size * 1.45
    }
    return y
  }

  function ring(y: number, radius: number, colour: string, alpha = 1) {
    pen.globalAlpha = alpha
    pen.strokeStyle = colour
    pen.lineWidth = radius / 6
    pen.beginPath()
    pen.arc(middle, y, radius, 0, Math.PI * 2)
    pen.stroke()
    pen.globalAlpha = 1
  }

  pen.fillStyle = '#faf8f3'
  pen.fillRect(0, 0, width, height)
  ring(height + 60, 430, '#1c6650', 0.06)
  ring(height + 60, 290, '#1c6650', 0.08)
  pen.strokeStyle = '#1c6650'
  pen.lineWidth = 3
  pen.strokeRect(36, 36, width - 72, height - 72)
  ring(160, 58, '#1c6650', 0.35)
  ring(160, 38, '#1c6650')
  pen.fillStyle = '#e8735a'
  pen.beginPath()
  pen.arc(middle, 160, 19, 0, Math.PI * 2)
  pen.fill()

  const below = write(facts.title, 330, 46, '#124a39', 650)
  write(facts.awarded, below + 40, 26, '#535f5a')
  write(facts.name, below + 120, 64, '#1d2724', 650)
  const end = write(facts.issuer, 730, 28, '#1d2724')
  write(facts.day, end + 4, 26, '#535f5a')
  write(facts.number, 862, 24, '#1d2724')
  write(facts.check, 900, 22, '#535f5a')
  write(facts.platform, 944, 20, '#535f5a')
}
