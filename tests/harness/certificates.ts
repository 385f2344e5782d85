// Certificates as anybody outside sees them: the paper, its code, the keys. Nothing here asks the server how it is done.
import { createPublicKey, verify } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './run.ts'

/** A plan whose only certificate asks for one training. */
export const certificate_plan = `[plan]
key = "small-training"
title = "梅岭县家庭教育指导培训方案"
issuer = "梅岭县教育体育局"
region = { code = "360100", name = "梅岭县" }
from = 2025-09-01
to = 2027-08-31

[[requirement]]
key = "trained"
title = "教师参加培训"
subject = "staff"
entries = ["training.completed"]
at_least = { entries = 1 }
per = "school-year"
target = 0.1

[[points]]
key = "guidance"
title = "参加家庭教育指导"
source = "四"
entries = ["attended.guidance"]
to = "carer"
award = { per_entry = 5 }
cap = { per = "term", points = 8 }

[[credential]]
key = "instructor"
title = "家庭教育指导教师证书"
title_en = "Certificate of a guidance teacher"
source = "三"
to = "staff"
needs = [{ title = "完成培训1次", title_en = "One training completed", entries = ["training.completed"], at_least = { entries = 1 } }]
number = "ML-{year}-{serial:05}"
template = "instructor"
`

/** The text of the QR code on the first page, read by zbar from a picture that poppler made. */
export async function scanned(pdf: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'))
  await writeFile(join(folder, 'page.pdf'), pdf)
  await run('pdftoppm', ['-r', '200', '-png', '-singlefile', join(folder, 'page.pdf'), join(folder, 'page')])
  const text = await run('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', join(folder, 'page.png')])
  await rm(folder, { recursive: true })
  return text.trim()
}

/** The words on the page, read by poppler. */
export async function written(pdf: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'))
  await writeFile(join(folder, 'page.pdf'), pdf)
  const text = await run('pdftotext', ['-layout', join(folder, 'page.pdf'), '-'])
  await rm(folder, { recursive: true })
  return text
}

const ed25519 = (public_key: string) => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: public_key }, format: 'jwk' })

/** What the code states, when the key has signed it: number, day, name, title. */
export function stated_in(code: string, public_key: string): string[] | undefined {
  const [lines, signature] = code.split('.').map((part) => Buffer.from(part, 'base64url'))
  const signed = Buffer.concat([Buffer.from('concentric certificate 1\n'), lines!])
  return verify(null, signed, ed25519(public_key), signature!) ? lines!.toString().split('\n').slice(2) : undefined
}

/** Head and payload of a JWT, when the key has signed it. */
export function opened_jwt(token: string, public_key: string): { head: any; payload: any } | undefined {
  const [head, payload, signature] = token.split('.') as [string, string, string]
  const good = verify(null, Buffer.from(`${head}.${payload}`), ed25519(public_key), Buffer.from(signature, 'base64url'))
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  return good ? { head: read(head), payload: read(payload) } : undefined
}
