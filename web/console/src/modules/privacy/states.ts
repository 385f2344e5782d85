import type { ConsentState } from '@concentric/api-client'

/** In the order in which they are read. */
export const consent_states: ConsentState[] = ['given', 'refused', 'withdrawn', 'open']

export const consent_tones = { given: 'success', refused: 'danger', withdrawn: 'info', open: 'warning' } as const
