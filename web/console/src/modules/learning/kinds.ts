import type { CatalogueItem, CourseLine, CourseTopic } from '@concentric/api-client'

export const lines: CourseLine[] = ['pre_school', 'entering', 'in_school', 'grandparents', 'staff']
export const levels: CatalogueItem['level'][] = ['county', 'community', 'school']
export const topics: CourseTopic[] = [
  'double_reduction',
  'mental_health',
  'parent_child',
  'study_guidance',
  'life_education',
  'emotions',
  'family_meetings',
  'safety',
  'co_education',
]
