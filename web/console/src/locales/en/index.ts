import { texts_en as shared } from '@concentric/shared'
import accounts from './accounts'
import common from './common'
import directory from './directory'
import frame from './frame'
import imports from './imports'
import ledger from './ledger'
import plan from './plan'
import setup from './setup'
import supervision from './supervision'
import what_if from './what_if'

export default { shared, common, frame, accounts, directory, imports, ledger, plan, setup, supervision, what_if }
