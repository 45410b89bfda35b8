import type { components } from './schema';

/**
 * Short names for the schemas of `openapi.json`, from which `schema.d.ts` is made (`npm run api`). Everything in the web takes
 * its shapes from here. Times are RFC 3339 UTC strings; ids are opaque.
 */
export type Schemas = components['schemas'];

export interface Page<T> extends Omit<Schemas['PageClientView'], 'items'> {
  items: T[];
}

/** What a refusal carries; the server fills all of it in, a proxy or a lost connection does not. */
export type Problem = Partial<Schemas['Problem']> & Pick<Schemas['Problem'], 'status'>;
export type Fault = NonNullable<Schemas['Problem']['faults']>[number];
export type About = Schemas['About'];
export type ArchiveStanding = Schemas['ArchiveStanding'];

// --- Session and people -------------------------------------------------------------------------------------------

export type Session = Schemas['SessionView'];
export type Person = Schemas['PersonView'];
export type Locale = Person['locale'];
export type RoleGrant = Schemas['RoleView'];
export type Role = RoleGrant['role'];
/** A role that a person holds inside a client, as opposed to the installation's operator. */
export type ClientRole = Exclude<Role, 'operator'>;
export type InvitationPreview = Schemas['Offer'];
export type Passkey = Schemas['Passkey'];
export type ApiKey = Schemas['KeyView'];

export type OpenSession = Schemas['OpenSession'];
export type AccountNotice = Schemas['Notice'];
export type Account = Schemas['AccountView'];
export type WaitingReset = Schemas['WaitingReset'];
export type ResetLink = Schemas['ResetLink'];
export type SecondFactor = Schemas['SecondFactorView'];

export type SignInButtons = Schemas['SignInButtons'];
export type SignOut = Schemas['SignOut'];
export type IdentityProvider = Schemas['ProviderBody'];
export type GroupRule = Schemas['GroupRuleBody'];
export type ScimToken = Schemas['ScimToken'];
export type MadeScimToken = Schemas['MadeScimToken'];

// --- Clients ------------------------------------------------------------------------------------------------------

export type Client = Schemas['ClientView'];
export type Member = Schemas['MemberView'];
export type Invitation = Schemas['InvitationView'];
export type NewInvitation = Schemas['InvitationMade'];
export type Workforce = Schemas['WorkforceView'];

// --- Ontology and answers -----------------------------------------------------------------------------------------

export type Names = Schemas['Names'];
export type Option = Schemas['Option'];
export type Question = Schemas['Question'];
export type QuestionType = Question['type'];
export type Label = Schemas['Label'];
export type Ontology = Schemas['Ontology'];
export type AnswerValue = Schemas['AnswerValue'];
export type Shape = Schemas['Shape'];
export type Answer = Schemas['Answer'];

// --- Projects -----------------------------------------------------------------------------------------------------

export type Project = Schemas['ProjectBody'];
export type NewProject = Schemas['NewProject'];
export type ProjectPatch = Schemas['Patch'];
export type ProjectKind = Project['kind'];
export type Template = Project['template'];
export type Progress = Schemas['Progress'];
export type Repeats = Schemas['RepeatsBody'];
export type OntologyVersion = Schemas['OntologyBody'];
export type OntologySaved = Schemas['OntologyChanged'];
export type OntologyPreview = Schemas['OntologyPreview'];
export type OntologyChange = Schemas['Entry'];
export type Guidelines = Schemas['GuidelineVersion'];

// --- Assets and tasks ---------------------------------------------------------------------------------------------

export type Asset = Schemas['AssetBody'];
export type ArchiveResult = Schemas['ArchiveReport'];
export type ContentUrl = Schemas['SignedUrl'];
export type TaskSummary = Schemas['TaskLine'];
export type TaskState = TaskSummary['state'];
export type TaskDetail = Schemas['TaskDetail'];
export type TaskPerson = Schemas['TaskPerson'];
export type Skip = Schemas['Skip'];
export type SkipCounts = Schemas['SkipCounts'];
export type ActPreview = Schemas['ActPreview'];
export type BatchPatch = Schemas['BatchPatch'];
export type Planned = Schemas['Planned'];
export type Region = Schemas['Region'];
export type Comment = Schemas['Comment'];
export type Submission = Schemas['SubmissionBody'];
export type SubmissionState = Submission['state'];
export type WorkItem = Schemas['WorkLine'];

// --- The desk and review ------------------------------------------------------------------------------------------

export type Lease = Schemas['LeaseBody'];
export type Deadline = Schemas['Deadline'];
export type SubmissionRequest = Schemas['SubmissionRequest'];
export type DraftRequest = Schemas['DraftRequest'];
export type Submitted = Schemas['Submitted'];
export type SkipRequest = Schemas['SkipRequest'];
export type SkipReason = SkipRequest['reason'];
export type Review = Schemas['ReviewBody'];
export type DecisionRequest = Schemas['DecisionRequest'];
export type Decided = Schemas['Decided'];

// --- Queues ---------------------------------------------------------------------------------------------------------

export type QueueRules = Schemas['QueueBody'];
export type QueuePolicy = Schemas['QueuePolicy'];
export type MyQueue = Schemas['MyQueue'];
export type Batch = Schemas['BatchBody'];
export type NewBatch = Schemas['NewBatch'];
export type ActRequest = Schemas['ActRequest'];
export type TaskFilter = Schemas['TaskFilter'];
export type Deletion = Schemas['DeletionBody'];
export type DeletionPreview = Schemas['DeletionPreview'];
export type DeletionRequest = Schemas['DeletionRequest'];
export type ProjectDeletion = Schemas['ProjectDeletionBody'];
export type ProjectDeletionPreview = Schemas['ProjectDeletionPreview'];
export type Profile = Schemas['Profile'];
export type Qualification = Schemas['QualificationView'];

// --- Jobs -----------------------------------------------------------------------------------------------------------

export type Job = Schemas['JobBody'];
export type JobReport = Schemas['JobReport'];
export type NewExport = Schemas['NewExport'];
export type ImportLine = Schemas['ImportLine'];

// --- Review workflows, adjudication, appeals, comments -----------------------------------------------------------------

export type ReviewWorkflow = Schemas['WorkflowBody'];
export type ReviewStage = Schemas['StageBody'];
export type Appeal = Schemas['AppealBody'];
export type Refusal = Schemas['RefusalBody'];
export type TaskHistory = Schemas['TaskHistory'];
export type HistoryEntry = Schemas['HistoryEntry'];
export type Escalation = Schemas['EscalationBody'];
export type Adjudication = Schemas['AdjudicationBody'];
export type Candidate = Schemas['Candidate'];
export type Merge = Schemas['MergeBody'];
export type MergeRequest = Schemas['MergeRequest'];
export type Origin = Schemas['Origin'];
export type AnswerChanges = Schemas['ChangesBody'];
export type VersionDiff = Schemas['VersionDiff'];
export type Thread = Schemas['ThreadBody'];
export type ThreadComment = Schemas['CommentBody'];
export type NewComment = Schemas['NewComment'];
export type Mention = Schemas['MentionBody'];

// --- Label changes ----------------------------------------------------------------------------------------------------

export type LabelOperation = Schemas['OperationBody'];
export type LabelPreview = Schemas['PreviewBody'];
export type LabelsChanged = Schemas['Changed'];

// --- Quality ------------------------------------------------------------------------------------------------------

export type Estimate = Schemas['EstimateBody'];
export type Quality = Schemas['QualityBody'];
export type QuestionQuality = Schemas['QuestionBody'];
export type AnnotatorSkill = Schemas['SkillBody'];
export type BoxQuality = Schemas['BoxesBody'];
export type BoxSkill = Schemas['BoxSkillBody'];
export type ConsensusItem = Schemas['ConsensusBody'];
export type GoldItem = Schemas['GoldLine'];
export type PreLabelStanding = Schemas['PreLabelStanding'];
export type PreLabelModel = Schemas['ModelLine'];
export type GoldAnnotator = Schemas['GoldAnnotator'];
export type GoldPolicy = Schemas['GoldPolicy'];
export type GoldRules = Schemas['PolicyBody'];
export type GoldImport = Schemas['GoldImport'];
export type NewGold = Schemas['NewGoldItem'];
export type WorkPause = Schemas['PauseBody'];
export type ConsensusAnswer = Schemas['SettledBody'];

// --- Vendors --------------------------------------------------------------------------------------------------------

export type Vendor = Schemas['Vendor'];
export type Contract = Schemas['Contract'];
export type VendorContract = Schemas['VendorContract'];
export type HandOver = Schemas['HandOver'];
export type VendorServiceLevel = Schemas['VendorServiceLevel'];
export type DrainedAtClient = Schemas['VendorDrainedAtClient'];
export type VendorConcentration = Schemas['VendorConcentration'];
export type VendorShares = Schemas['VendorShares'];
export type VendorStop = Schemas['VendorStop'];
export type WorkforceReport = Schemas['WorkforceReport'];
export type WorkforceMeasures = Schemas['WorkforceMeasures'];
export type VendorEstimate = Schemas['VendorEstimate'];
export type Routing = Schemas['Routing'];
export type RoutingPolicy = Schemas['RoutingPolicy'];
export type RoutingDecision = Schemas['RoutingDecision'];
export type RoutingPreview = Schemas['RoutingPreview'];

// --- Pay -------------------------------------------------------------------------------------------------------------

export type PayRule = Schemas['PayRule'];
export type PayRuleVersion = Schemas['PayRuleVersion'];
export type PayOffer = Schemas['PayOffer'];
export type PayLine = Schemas['PayLine'];
export type PayStatement = Schemas['PayStatement'];
export type PayBalance = Schemas['PayBalance'];
export type PayEntry = Schemas['PayEntry'];
export type MyPay = Schemas['MyPay'];
export type Identity = Schemas['Identity'];
export type HeldIdentity = Schemas['HeldIdentity'];

// --- Releases and audit -------------------------------------------------------------------------------------------

export type Release = Schemas['ReleaseBody'];
export type NewRelease = Schemas['NewRelease'];
export type Method = Release['method'];
export type AuditEntry = Schemas['LogEntry'];

// --- People at work, residency ------------------------------------------------------------------------------------

export type Document = Schemas['DocumentView'];
export type DocumentBody = Schemas['DocumentBody'];
export type MyDocument = Schemas['MyDocument'];
export type Licence = Schemas['LicenceView'];
export type PersonStanding = Schemas['PersonStanding'];
export type Course = Schemas['CourseView'];
export type CourseBody = Schemas['CourseBody'];
export type CourseOutcome = Schemas['CourseOutcome'];
export type CourseProgress = Schemas['CourseProgress'];
export type MyCourse = Schemas['MyCourse'];
export type SelfDescription = Schemas['SelfDescription'];
export type Residency = Schemas['ResidencyView'];
export type ResidencyRule = Schemas['ResidencyRuleView'];
export type ResidencyBody = Schemas['ResidencyBody'];
export type ResidencyWhatIf = Schemas['ResidencyWhatIf'];

// --- Walls, ownership ---------------------------------------------------------------------------------------------

export type Wall = Schemas['WallView'];
export type WallBody = Schemas['WallBody'];
export type WhatIf = Schemas['WhatIfView'];
export type Closing = Schemas['ClosingView'];
export type ExportRequest = Schemas['ExportRequestView'];
export type Unlinking = Schemas['Unlinking'];
export type PersonWhoLeft = Schemas['PersonWhoLeft'];
export type Organisation = Schemas['OrganisationView'];
export type Stake = Schemas['StakeView'];
/** An organisation as a client sees it. */
export type NamedOrganisation = Schemas['NamedOrganisation'];

/** The stakes above a client's vendors. */
export type Ownership = Schemas['OwnershipView'];

// --- Keys, break-glass, leaving -----------------------------------------------------------------------------------

export type Sighting = Schemas['Sighting'];
export type Outgoing = Schemas['Outgoing'];
export type Keys = Schemas['KeysBody'];
export type ProjectKeys = Schemas['ProjectKeysBody'];
export type Unwraps = Schemas['UnwrapPage'];
export type KeyBalance = Schemas['Balance'];
export type BrokenItem = Schemas['BrokenBody'];
export type Glass = Schemas['Banner'];
export type GlassRule = Schemas['RuleBody'];
export type GlassGrant = Schemas['GrantBody'];
export type Webhook = Schemas['EndpointBody'];
export type WebhookMade = Schemas['EndpointMade'];
export type WebhookDelivery = Schemas['DeliveryBody'];
export type WebhookDeliveryDetail = Schemas['DeliveryDetail'];
export type ClientArchive = Schemas['ExportBody'];
export type ExitConsent = Schemas['ConsentBody'];
export type Departure = Schemas['DepartureBody'];
