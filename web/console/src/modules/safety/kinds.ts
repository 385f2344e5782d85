import type { Out } from '@concentric/api-client'

export type Calendar = Out<'GET /drills'>
export type Drill = Calendar['items'][number]
export type Board = Out<'GET /drills/{id}'>
export type ClassLine = Board['classes'][number]
export type AlarmBoard = Out<'GET /alarms/{id}'>
/** Where heads are counted. */
export type Occasion = 'drill' | 'alarm'
export type Task = Out<'GET /safety-tasks'>['items'][number]
export type Alarm = Out<'GET /alarms'>['items'][number]
export type Hazard = Out<'GET /hazards'>['items'][number]
export type Card = Out<'GET /emergency-cards'>['items'][number]
export type SchoolLine = Out<'GET /safety-overview'>['items'][number]

export const drill_kinds = ['fire', 'earthquake', 'stampede', 'intruder', 'bus', 'evacuation', 'flood', 'first_aid'] as const
export const drill_states = ['planned', 'running', 'stopped', 'closed', 'cancelled'] as const
export const alarm_kinds = ['fire', 'earthquake', 'intruder', 'medical', 'weather', 'other'] as const
export const tabs = ['overview', 'drills', 'tasks', 'hazards', 'alarms', 'cards'] as const

/** How urgent each looks. */
export const due_colours = { planned: 'primary', running: 'warning', done: 'success', overdue: 'danger' } as const
export const class_colours = { not_reported: 'info', counting: 'warning', missing: 'danger', all_there: 'success' } as const

/** "3:05" of seconds. */
export const clock_of = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
