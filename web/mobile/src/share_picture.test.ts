import { expect, it } from 'vitest'
import { draw_certificate, lines_of, type Pen } from './share_picture'

it('breaks Chinese anywhere and English between words', () => {
  const fits = (line: string) => line.length <= 6

  expect(lines_of('家庭教育指导服务师结业证书', fits)).toEqual(['家庭教育指导', '服务师结业证', '书'])
  expect(lines_of('good at home', fits)).toEqual(['good', 'at', 'home'])
})

it('draws who holds which certificate, its number and who issued it', () => {
  const written: string[] = []
  const nothing = () => {}
  const pen = {
    fillRect: nothing,
    strokeRect: nothing,
    beginPath: nothing,
    arc: nothing,
    fill: nothing,
    stroke: nothing,
    fillText: (text: string) => written.push(text),
    measureText: (text: string) => ({ width: text.length * 20 }),
  } as unknown as Pen

  draw_certificate(pen, {
    platform: '同心圆',
    title: '父母成长课时证明',
    awarded: '授予',
    name: '陈兰',
    issuer: '梅岭县教体局',
    day: '2026年3月5日',
    number: '编号 P-1',
    check: '可公开核验',
  })

  expect(written).toEqual(['父母成长课时证明', '授予', '陈兰', '梅岭县教体局', '2026年3月5日', '编号 P-1', '可公开核验', '同心圆'])
})
