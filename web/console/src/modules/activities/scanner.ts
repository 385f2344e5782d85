import type { ScanView } from '@concentric/api-client'
import { api } from '@/api'

// This window as a device of the gates: it numbers what it notes, like a phone.
const device = `console-${Math.random().toString(16).slice(2, 14).padEnd(12, '0')}`
let number = 0

export function note_passage(id: string, person: string, direction: 'in' | 'out') {
  const scans = [{ number: ++number, at: new Date().toISOString(), person, direction }]
  return api('PUT /activities/{id}/scans', { path: { id }, body: { device, scans, undone: [] } })
}

export function take_back(id: string, scan: Pick<ScanView, 'device' | 'number'>) {
  const undone = [{ device: scan.device, number: scan.number, at: new Date().toISOString() }]
  return api('PUT /activities/{id}/scans', { path: { id }, body: { device, scans: [], undone } })
}
