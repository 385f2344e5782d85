// Names for what the routes give and take, so that no page depends on how the API document calls its schemas.
import type { Body, Out, RouteName } from './routes'

type Item<Name extends RouteName> = Out<Name> extends { items: (infer One)[] } ? One : never
type Required<Name extends RouteName, Field extends keyof Out<Name>> = NonNullable<Out<Name>[Field]>

export type Id = string

export interface Page<T> {
  items: T[]
  /** Hand it back as `after` to read on; absent on the last page. */
  next?: string
}

export interface Problem {
  path: string
  code: string
  words: string
}

export interface ProblemDocument {
  title: string
  status: number
  detail: string
  code: string
  request_id?: string
  problems?: Problem[]
}

export interface Named {
  id: Id
  name: string
}

// Accounts
export type Me = Out<'GET /session'>
export type LoggedIn = Out<'POST /sessions'>
/** What is still missing of a log-in. */
export type NextStep = Required<'POST /sessions', 'next'>
export type LogInMethods = Out<'GET /log-in-methods'>
export type LogInLine = Item<'GET /log-ins'>
export type LinkedLogIn = Item<'GET /linked-log-ins'>
export type PostBrief = Me['posts'][number]
export type Session = Item<'GET /sessions'>
export type Account = Item<'GET /accounts'>
export type AuditLine = Item<'GET /audit'>
export type Archive = Item<'GET /archives'>
export type SealBlock = Item<'GET /seals'>
export type SealFault = NonNullable<Out<'GET /seals/state'>['last_check']>['report']['faults'][number]
export type Role = Item<'GET /roles'>
/** A password that is shown once. */
export type Credentials = Out<'PUT /accounts/{person}/password'>
export type Permission = Role['permissions'][number]

// Directory
export type OrganisationInput = Body<'POST /organisations'>
export type OrganisationKind = OrganisationInput['kind']
export type Stage = Organisation['stages'][number]
export type OrganisationBrief = Me['posts'][number]['organisation']
export type Organisation = Item<'GET /organisations'>
export type TreeNode = Item<'GET /organisations/tree'>
export type PostLine = Item<'GET /posts'>
export type PersonRow = Item<'GET /people'>
export type Person = Out<'GET /people/{id}'>
export type Numbers = Out<'GET /people/{id}/numbers'>
export type Carer = Required<'GET /people/{id}', 'student'>['carers'][number]
export type StudentInput = Body<'POST /students'>
export type StaffInput = Body<'POST /staff'>
export type CarerInput = Body<'POST /students/{id}/carers'>
export type PersonChange = Body<'PATCH /people/{id}'>
export type Sex = Person['sex']
export type Relation = Carer['relation']
export type StudentStatus = Body<'PUT /students/{id}/status'>['status']

// Families
export type Right = Item<'GET /children'>['rights'][number]
export type ClassCode = Item<'GET /class-codes'>
export type Invitation = Item<'GET /invitations'>
export type NewInvitation = Out<'POST /students/{id}/carers/{carer}/invitation'>
export type JoinOffer = Out<'POST /join-checks'>
export type JoinRequest = Item<'GET /join-requests'>
export type JoinState = JoinRequest['state']
export type OwnJoinRequest = Item<'GET /own-joins'>
export type OwnChild = Item<'GET /children'>
export type ChildFile = Out<'GET /children/{id}'>
export type Delegation = ChildFile['delegations'][number]
export type ChangeRequest = Item<'GET /change-requests'>
export type ChangeField = ChangeRequest['fields'][number]['field']
export type OwnData = Out<'GET /own-data'>
export type OwnChildData = OwnData['children'][number]
export type DataCheck = Item<'GET /check-campaigns'>
export type CheckedPupil = Item<'GET /check-campaigns/{id}/pupils'>
export type CheckState = CheckedPupil['state']
export type LikeCarers = Item<'GET /like-carers'>
export type CarerCard = LikeCarers['one']
export type CarerMerge = Item<'GET /carer-merges'>
export type FamilyOfChild = Out<'GET /students/{id}/family'>

// Imports
export type Import = Out<'GET /imports/{id}'>
export type ImportState = Import['state']
export type ImportKind = 'roster' | 'history' | 'training' | 'questions' | 'join_logs'
export type ImportCounts = Import['counts'][number]
export type ImportRow = Item<'GET /imports/{id}/rows'>
export type RowAction = ImportRow['action']
export type Sheet = Import['sheets'][number]
export type FieldList = Import['fields'][number]
export type Mapping = Body<'PUT /imports/{id}/mapping'>
export type Job = Out<'GET /jobs/{id}'>

// Plan
export type PlanSummary = Item<'GET /plans'>
export type PlanState = PlanSummary['state']
export type PlanDetail = Out<'GET /plans/{id}'>
export type Plan = PlanDetail['plan']
export type Requirement = Plan['requirements'][number]
export type PlanPart = Requirement['all'][number]
export type PointRule = Plan['points'][number]
export type Milestone = Plan['milestones'][number]
export type PlanFault = Out<'POST /plan-checks'>['faults'][number]
export type EntryKind = Item<'GET /entry-kinds'>

// Ledger
export type Entry = Out<'GET /entries/{id}'>
export type EntryInput = Body<'POST /entries'>

// Supervision
export type Indicator = Out<'GET /indicators/{number}'>
export type IndicatorState = Indicator['state']
export type Period = Indicator['period']
export type TrendPoint = Indicator['trend'][number]
export type UnitFigure = Item<'GET /indicators/{number}/units'>
export type SubjectRow = Item<'GET /indicators/{number}/subjects'>
export type SubjectState = SubjectRow['state']
export type Standing = Out<'GET /people/{id}/standing'>
export type OwnStanding = Item<'GET /own-standing'>
export type SetupItem = Item<'GET /setup'>
export type Ring = 'school' | 'family' | 'community'

// What-if
export type TrialBrief = Item<'GET /what-ifs'>
export type TrialFindings = Out<'GET /what-ifs/{id}/findings'>
export type TrialObligation = TrialFindings['obligations'][number]
export type TrialFigure = NonNullable<TrialObligation['before']>
export type TrialPointRule = TrialFindings['point_rules'][number]
export type TrialPoints = TrialFindings['points'][number]
export type TrialCredential = TrialFindings['credentials'][number]
export type TrialUnit = Item<'GET /what-ifs/{id}/obligations/{obligation}/organisations'>
export type TrialOrganisation = Item<'GET /what-ifs/{id}/organisations'>
// Enrolment
export type Turn = Out<'GET /turns/{id}'>
export type TurnInput = Body<'POST /turns'>
export type TurnPreview = Out<'GET /turns/{id}/preview'>
export type SchoolView = TurnPreview['schools'][number]
export type TurnSchool = Out<'GET /turns/{id}/schools/{school}'>
export type ClassView = TurnSchool['classes'][number]
export type PostView = TurnSchool['posts'][number]
export type TurnException = Item<'GET /turns/{id}/exceptions'>
export type PlacesLoaded = Out<'POST /turns/{id}/places'>
export type Transfer = Out<'GET /transfers/{id}'>
export type Unplaced = Item<'GET /unplaced'>
export type FormerPupil = Item<'GET /former-pupils'>
export type SchoolClosed = Out<'POST /school-closings'>

// Privacy
export type AccessRequest = Item<'GET /privacy/requests'>
export type RequestView = 'mine' | 'to_decide' | 'to_review' | 'of_others'
export type ReviewFinding = Body<'PUT /privacy/requests/{id}/review'>['finding']
export type Purpose = Item<'GET /privacy/purposes'>
export type ConsentPurpose = Item<'GET /privacy/consents'>
export type ConsentAnswer = Item<'GET /privacy/consents/{key}/answers'>
export type ConsentState = ConsentAnswer['state']
export type OwnConsent = Item<'GET /me/consents'>
export type ConsentAct = Body<'POST /me/consents'>['act']
export type Reading = Item<'GET /children/{id}/readings'>
export type RetentionRule = Item<'GET /privacy/retention'>
export type Hold = Item<'GET /privacy/holds'>
export type Deletion = Item<'GET /privacy/deletions'>
export type PersonData = Out<'GET /people/{id}/data'>
export type YearlyAudit = Out<'GET /privacy/audits/{year}'>

// Learning
export type ActivityBrief = Item<'GET /activities'>
export type ActivityView = Out<'GET /activities/{id}'>
export type Attendee = Item<'GET /activities/{id}/attendance'>
export type WaitingPerson = Item<'GET /activities/{id}/waiting-list'>
export type Admission = Out<'GET /activities/{id}/admission'>
export type CheckInList = Out<'GET /activities/{id}/check-in-list'>
export type OwnCode = Item<'GET /activities/{id}/own-codes'>
export type PaperCode = Item<'GET /activities/{id}/paper-codes'>
export type ScanView = Item<'GET /activities/{id}/scans'>
export type HandedIn = Out<'PUT /activities/{id}/scans'>
export type ScanAnswer = HandedIn['items'][number]
export type JoinLogBrought = Out<'POST /activities/{id}/join-logs'>
export type CourseBrief = Item<'GET /courses'>
export type CourseDraft = Out<'GET /courses/{id}'>
export type CourseInput = Body<'PUT /courses/{id}'>
export type CourseMedia = Out<'GET /media/{id}'>
export type CatalogueItem = Item<'GET /catalogue'>
export type CourseView = Out<'GET /catalogue/{id}'>
export type Lesson = CourseView['sections'][number]['lessons'][number]
export type LessonContent = Out<'GET /units/{id}'>
export type TrainingClassBrief = Item<'GET /training-classes'>
export type TrainingClass = Out<'GET /training-classes/{id}'>
export type TrainingClassInput = Body<'POST /training-classes'>
export type TrainingBoard = Out<'GET /training-classes/{id}/board'>
export type TrainingLearner = Out<'GET /own-training/{id}'>
export type TrainingCredential = Item<'GET /training-credentials'>
export type TrainingOffer = Out<'GET /own-training'>['offers'][number]
export type TrainingTimetable = Out<'GET /training-classes/{id}/sessions'>
export type TrainingSession = TrainingTimetable['sessions'][number]
export type TrainingTutor = TrainingTimetable['tutors'][number]
export type TrainingTeams = Out<'GET /training-classes/{id}/teams'>
export type TrainingAttendee = Out<'GET /training-classes/{id}/sessions/{session}/attendance'>['items'][number]
export type TrainingTask = Out<'GET /training-classes/{id}/tasks'>['items'][number]
export type TrainingMarkList = Out<'GET /training-classes/{id}/tasks/{task}/marks'>
export type TrainingMarkLine = TrainingMarkList['items'][number]
export type TrainingScreening = Out<'GET /training-classes/{id}/applications'>
export type TrainingApplication = TrainingScreening['items'][number]
export type TrainingProduct = Out<'GET /training-classes/{id}/products'>['items'][number]
export type OwnClassroom = Out<'GET /own-training/{id}/classroom'>
export type OwnTutoring = Out<'GET /own-tutoring'>['items'][number]
export type TrainingOrder = Out<'GET /training-orders/{id}'>
export type TrainingPace = TrainingLearner['pace']
export type TrainingTrack = TrainingLearner['track']
export type CourseLine = CatalogueItem['line']
export type CourseTopic = CatalogueItem['topics'][number]
export type UnitDraft = CourseDraft['sections'][number]['units'][number]
export type QuizSettings = NonNullable<UnitDraft['quiz']>
export type PackageView = Out<'GET /units/{id}/package'>

// Coursework
export type QuestionBank = Item<'GET /question-banks'>
export type Question = Item<'GET /question-banks/{id}/questions'>
export type QuestionInput = Body<'POST /question-banks/{id}/questions'>
export type QuestionKind = Question['kind']
export type Quiz = Out<'GET /units/{id}/quiz'>
export type QuizAttempt = Out<'GET /quiz-attempts/{id}'>
export type AskedQuestion = QuizAttempt['questions'][number]
export type TopicBrief = Item<'GET /catalogue/{id}/topics'>
export type BoardTopic = Out<'GET /board-topics/{id}'>
export type BoardAnswer = Item<'GET /board-topics/{id}/answers'>
export type TopicFilter = 'all' | 'own' | 'unanswered' | 'helpful'
export type CollectedQuestion = Item<'GET /courses/{id}/collected-questions'>
export type AssignmentBrief = Item<'GET /catalogue/{id}/assignments'>
export type Assignment = Out<'GET /assignments/{id}'>
export type Criterion = Assignment['criteria'][number]
export type Submission = Out<'GET /submissions/{id}'>
export type SubmissionRound = Submission['rounds'][number]
export type SubmissionBrief = Item<'GET /assignments/{id}/submissions'>
export type ReviewTask = Item<'GET /own-reviews'>
export type ReviewRoom = Out<'GET /submissions/{id}/rounds/{number}/own-review'>
export type SideBySide = Out<'GET /submissions/{id}/rounds/{number}/comparison'>
export type Originality = Out<'GET /submissions/{id}/rounds/{number}/originality'>
export type OwnCertificate = Out<'GET /own-certificates'>['certificates'][number]
export type InboxItem = Item<'GET /inbox'>

// Forms
export type FormBrief = Item<'GET /forms'>
export type FormView = Out<'GET /forms/{id}'>
export type FormContent = FormView['content']
export type FormSection = FormContent['sections'][number]
export type FormQuestion = FormSection['questions'][number]
export type FormTemplate = Item<'GET /form-templates'>
export type QuestionResult = Out<'GET /forms/{id}/results'>['questions'][number]
export type ChoiceCount = QuestionResult['choices'][number]
export type MissingPerson = Item<'GET /forms/{id}/missing'>
export type SignaturePlace = Item<'GET /forms/{id}/signatures'>
export type TypedAnswer = Item<'GET /forms/{id}/paper-answers'>
export type OwnFormBrief = Item<'GET /own-forms'>
export type OwnFormView = Out<'GET /own-forms/{id}'>
export type OwnTurnView = OwnFormView['turns'][number]
export type FormAnswer = OwnFormView['answers']['items'][number]

// Class feed
export type Moment = Out<'GET /moments/{id}'>
export type MomentInput = Body<'POST /moments'>
export type MomentComment = Item<'GET /moments/{id}/comments'>
export type MomentPupil = Item<'GET /moment-classes/{id}/pupils'>
export type MomentReport = Item<'GET /moment-reports'>
export type ReactionKind = Body<'PUT /moments/{id}/reaction'>['kind']
export type AddedPicture = Out<'POST /moment-pictures'>
export type PictureExport = Item<'GET /own-picture-exports'>
