/**
 * The shapes of the HTTP API, one name each. Everything in the web takes them from here, so that the day they are made
 * from `openapi.json` only this file changes. Times are RFC 3339 UTC strings; ids are opaque.
 */

export type Locale = 'en' | 'fr';
export type Role = 'operator' | 'requester' | 'annotator' | 'reviewer' | 'workforce_manager' | 'quality_lead' | 'auditor';
/** A role that a person holds inside a client, as opposed to the installation's operator. */
export type ClientRole = Exclude<Role, 'operator'>;

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Fault {
  /** RFC 6901 pointer into the body that was sent. */
  pointer: string;
  message: string;
}

export interface Problem {
  type?: string;
  title?: string;
  status: number;
  detail?: string;
  code?: string;
  instance?: string;
  faults?: Fault[];
}

// --- Session and people -------------------------------------------------------------------------------------------

export interface Person {
  id: string;
  name: string;
  email: string;
  locale: Locale;
}

export interface RoleGrant {
  role: Role;
  client?: string;
  clientName?: string;
  workforce?: string;
}

export interface Session {
  person: Person;
  roles: RoleGrant[];
  passkeys: number;
  /** True after a one-time link when the person has no credential yet. */
  setup?: boolean;
}

export interface InvitationPreview {
  email: string;
  clientName: string;
  workforceName?: string;
  roles: Role[];
  expiresAt: string;
}

export interface Passkey {
  id: string;
  label: string;
  createdAt: string;
  lastUsedAt?: string | null;
}

export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  client: string;
  roles: Role[];
  createdAt?: string;
  expiresAt?: string | null;
}

export interface NewApiKey extends ApiKey {
  /** The secret itself; the server tells it once. */
  key: string;
}

// --- Clients ------------------------------------------------------------------------------------------------------

export interface Client {
  slug: string;
  name: string;
  createdAt: string;
  roles: Role[];
}

export interface Member {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  workforce?: string;
}

export interface Invitation {
  id: string;
  email: string;
  name?: string;
  roles: Role[];
  workforce?: string;
  expiresAt: string;
}

export interface NewInvitation {
  id: string;
  link: string;
  token: string;
  expiresAt: string;
}

export interface Workforce {
  id: string;
  name: string;
  kind: string;
  people: number;
}

// --- Ontology and answers -----------------------------------------------------------------------------------------

export type QuestionType = 'choice' | 'multi_choice' | 'text' | 'number' | 'boolean';
/** Names in other languages than the source, by language tag. */
export type Names = Record<string, string>;

export interface Option {
  id: string;
  name: string;
  names?: Names;
}

export interface Question {
  id: string;
  name: string;
  names?: Names;
  type: QuestionType;
  required?: boolean;
  options?: Option[];
}

export interface Label {
  id: string;
  name: string;
  names?: Names;
  color: string;
  tool: 'box';
  attributes?: Question[];
}

export interface Ontology {
  labels: Label[];
  questions: Question[];
}

export type AnswerValue = string | string[] | number | boolean;

/** Pixels of the displayed (oriented) image. */
export interface BoxShape {
  id: string;
  label: string;
  type: 'box';
  x: number;
  y: number;
  width: number;
  height: number;
  attributes?: Record<string, AnswerValue>;
}

export type Shape = BoxShape;

export interface Answer {
  answers: Record<string, AnswerValue>;
  shapes: Shape[];
}

// --- Projects -----------------------------------------------------------------------------------------------------

export type Template = 'image-classification' | 'text-classification' | 'image-boxes';
export type ProjectKind = 'image' | 'text';

export interface Progress {
  assets: number;
  tasks: number;
  open: number;
  inReview: number;
  returned: number;
  done: number;
  submissions: number;
  submissionsNeeded: number;
  reviewed: number;
}

export interface Repeats {
  default: number;
  people?: Record<string, number>;
}

export interface Project {
  id: string;
  name: string;
  codeName: string;
  kind: ProjectKind;
  template: Template;
  state: 'active' | 'paused';
  redundancy: number;
  reviewShare: number;
  repeats?: Repeats;
  workforces: string[];
  licence?: string;
  ontologyVersion: number;
  guidelineVersion: number;
  createdAt: string;
  progress: Progress;
}

export interface NewProject {
  name: string;
  codeName?: string;
  template: Template;
  ontology?: Ontology;
  guidelines?: string;
  redundancy: number;
  reviewShare: number;
  repeats?: Repeats;
  workforces: string[];
  licence?: string;
}

export interface OntologyVersion {
  version: number;
  createdAt: string;
  ontology: Ontology;
}

export interface OntologySaved {
  version: number;
  changes: unknown[];
}

export interface Guidelines {
  version: number;
  createdAt: string;
  markdown: string;
}

// --- Assets and tasks ---------------------------------------------------------------------------------------------

export interface Asset {
  id: string;
  name: string;
  sha256: string;
  type: string;
  size: number;
  width?: number;
  height?: number;
  characters?: number;
  createdAt: string;
  tasks: number;
}

export interface ArchiveResult {
  accepted: number;
  duplicates: number;
  rejected: { name: string; code: string; detail: string }[];
}

export interface ContentUrl {
  url: string;
  expiresAt: string;
}

export type TaskState = 'open' | 'in_review' | 'returned' | 'done' | 'cancelled';

export interface TaskSummary {
  id: number;
  asset: { id: string; name: string };
  state: TaskState;
  submissions: number;
  needed: number;
}

export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Comment {
  text: string;
  region?: Region;
}

export type SubmissionState = 'submitted' | 'in_review' | 'accepted' | 'fixed' | 'returned';

export interface Submission {
  id: number;
  task: number;
  annotator: string;
  round: number;
  ontologyVersion: number;
  guidelineVersion: number;
  activeSeconds: number;
  submittedAt: string;
  state: SubmissionState;
  answer: Answer;
  review?: { decision?: string; comments?: Comment[]; answer?: Answer; decidedAt?: string };
}

export interface TaskDetail extends TaskSummary {
  submissionList: Submission[];
  consensus?: unknown;
}

export interface WorkItem {
  client: string;
  project: string;
  codeName: string;
  kind: ProjectKind;
  role: 'annotate' | 'review';
  waiting: number;
  done: number;
}

export interface LeaseTask {
  id: number;
  asset: Asset;
  content: ContentUrl;
}

export interface Lease {
  id: number;
  token: string;
  deadline: string;
  heartbeatSeconds: number;
  round: number;
  task: LeaseTask;
  ontologyVersion: number;
  guidelineVersion: number;
  returned?: { comments: Comment[]; answer: Answer };
  draft?: { answer: Answer; savedAt: string };
}

export interface Submitted {
  submission: { id: number; state: SubmissionState };
  next: Lease | null;
}

export type SkipReason = 'unclear' | 'cannot_judge' | 'broken_asset' | 'other';

export interface Review {
  id: number;
  token: string;
  deadline: string;
  submission: Submission;
  task: LeaseTask;
  others: Submission[];
}

export interface AnswerDiff {
  answers: { question: string; from?: AnswerValue | null; to?: AnswerValue | null }[];
  shapes: { id: string; change: 'added' | 'removed' | 'moved' | 'relabelled'; from?: Shape; to?: Shape }[];
}

export interface Decided {
  submission: Submission;
  diff?: AnswerDiff | null;
  next: Review | null;
}

// --- Quality ------------------------------------------------------------------------------------------------------

/** A figure with its 95 % interval; the bounds are absent when the data cannot carry one. */
export interface Estimate {
  value: number | null;
  low?: number | null;
  high?: number | null;
}

export type Method = 'majority' | 'dawid_skene';

export interface AnnotatorSkill {
  annotator: string;
  name?: string;
  judgements: number;
  accuracy: Estimate;
  /** Rows: the true class; columns: the class that was given. Rows sum to 1, or to 0 where nothing is known. */
  confusion: number[][];
}

export interface QuestionQuality {
  question: string;
  annotators: number;
  judgements: number;
  tasks: number;
  /** Null where the data cannot carry a measure. */
  agreement: { raw: Estimate | null; fleiss: Estimate | null; krippendorff: Estimate | null };
  methods: {
    majority?: { marginals: Record<string, number>; ties: number };
    dawid_skene?: { marginals: Record<string, number>; iterations: number; logLikelihood: number };
  };
  annotatorSkill: AnnotatorSkill[];
  classes: string[];
  confidence: { from: number; to: number; tasks: number }[];
}

export interface BoxSkill {
  annotator: string;
  name?: string;
  boxes: number;
  hits: number;
  misses: number;
  falseAlarms: number;
  meanIou: number | null;
}

export interface BoxQuality {
  assets: number;
  annotators: number;
  agreement: { f1: Estimate | null; iou: Estimate | null };
  annotatorSkill: BoxSkill[];
  fused: number;
}

export interface Quality {
  questions: QuestionQuality[];
  boxes?: BoxQuality;
  computedAt: string;
}

export interface ConsensusAnswer {
  /** As in an answer; null when nothing is settled. */
  value: AnswerValue | null;
  /** Null for what is counted or averaged without a model of doubt, such as texts. */
  confidence: number | null;
  posterior: Record<string, number>;
}

export interface ConsensusItem {
  task: number;
  asset: { id: string; name: string };
  answers: Record<string, ConsensusAnswer>;
  shapes: (Shape & { support: number; of: number; iou: number })[];
}

// --- Releases and audit -------------------------------------------------------------------------------------------

export interface Release {
  number: number;
  state: 'building' | 'ready' | 'failed';
  progress?: { done: number; total: number };
  manifestSha256?: string;
  assets?: number;
  size?: number;
  method: Method;
  notes?: string;
  createdAt: string;
  auditIndex?: number;
  failure?: string;
}

export interface AuditEntry {
  index: number;
  /** The leaf as it was logged; its members differ by operation. */
  entry: Record<string, unknown>;
}

export interface About {
  name: string;
  version: string;
}
