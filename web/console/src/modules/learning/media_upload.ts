import type { CourseMedia } from '@concentric/api-client'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { api, send_bytes } from '@/api'

const piece_bytes = 1 << 20
const chunk_bytes = 4 * piece_bytes
const attempts = 5

export interface Sending {
  told: (share: number) => void
  signal: AbortSignal
}

/** The file that a sending began with, kept in this browser so that it goes on after a closed page. */
const key_of = (course: string, file: File) => `upload:${course}:${file.name}:${file.size}:${file.lastModified}`

/** Sends a file piece by piece. After a broken line, or another day, it goes on where the server stands. */
export async function send_media(course: string, kind: CourseMedia['kind'], file: File, sending: Sending): Promise<CourseMedia> {
  let media = await begun(course, kind, file)
  const digests = new Uint8Array(Math.ceil(file.size / piece_bytes) * 32)
  let hashed = 0
  while (media.received < file.size || hashed < file.size) {
    sending.signal.throwIfAborted()
    const from = hashed
    const bytes = new Uint8Array(await file.slice(from, from + chunk_bytes).arrayBuffer())
    for (let at = 0; at < bytes.length; at += piece_bytes)
      digests.set(sha256(bytes.subarray(at, at + piece_bytes)), ((from + at) / piece_bytes) * 32)
    hashed += bytes.length
    if (hashed > media.received) media = await send_chunk(media, from, bytes, sending)
    sending.told(media.received / file.size)
  }
  const finished = await api('PUT /media/{id}/digest', { path: { id: media.id }, body: { digest: bytesToHex(sha256(digests)) } })
  localStorage.removeItem(key_of(course, file))
  return finished
}

async function begun(course: string, kind: CourseMedia['kind'], file: File): Promise<CourseMedia> {
  const kept = localStorage.getItem(key_of(course, file))
  const known = kept ? await api('GET /media/{id}', { path: { id: kept } }).catch(() => undefined) : undefined
  if (known?.state === 'uploading') return known
  const media = await api('POST /media', { body: { course, kind, file_name: file.name, size: file.size } })
  localStorage.setItem(key_of(course, file), media.id)
  return media
}

async function send_chunk(
  media: CourseMedia,
  from: number,
  bytes: Uint8Array<ArrayBuffer>,
  { signal }: Sending,
): Promise<CourseMedia> {
  for (let attempt = 1; ; attempt++) {
    try {
      const rest = bytes.subarray(media.received - from)
      return await send_bytes<CourseMedia>(`/media/${media.id}/bytes?from=${media.received}`, rest, signal)
    } catch (problem) {
      signal.throwIfAborted()
      if (attempt === attempts) throw problem
      await new Promise((go_on) => setTimeout(go_on, attempt * 1_000))
      media = await api('GET /media/{id}', { path: { id: media.id } }).catch(() => media)
      if (media.received >= from + bytes.length) return media
    }
  }
}

/** Waits until the server has looked into a film or recording. */
export async function checked(media: CourseMedia, signal: AbortSignal): Promise<CourseMedia> {
  while (media.state === 'checking') {
    await new Promise((go_on) => setTimeout(go_on, 1_000))
    signal.throwIfAborted()
    media = await api('GET /media/{id}', { path: { id: media.id }, signal })
  }
  return media
}
