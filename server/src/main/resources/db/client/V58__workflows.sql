-- Review in stages: who looks at which answers, in what order, and what may follow a decision.

-- A project's review settings; without a row the project's review share is the whole of them. The highest version holds.
create table workflow (
    project uuid not null references project,
    version int not null check (version > 0),
    stages  jsonb not null,
    set_by  uuid not null,
    at      timestamptz not null,
    primary key (project, version)
);

-- The stages that an answer passes, bit n - 1 for stage n, settled when it came in. What was sampled before there were
-- stages passes the first.
alter table submission add column route smallint not null default 0, add column unsure boolean not null default false;
update submission set route = 1 where sampled;

-- A submission is decided on once at each stage; once more at a stage when a reviewer there handed the question on, and
-- once more when its author appealed. In the order of their stages, and at a stage review, escalation, appeal, these are
-- the order in which they were made.
alter table review_decision drop constraint review_decision_pkey;
alter table review_decision
    add column stage smallint not null default 1 check (stage between 1 and 10),
    add column seat text not null default 'review' check (seat in ('review', 'escalation', 'appeal')),
    add primary key (submission, stage, seat);
alter table review_decision drop constraint review_decision_decision_check;
alter table review_decision add constraint review_decision_decision_check
    check (decision in ('accept', 'fix', 'return', 'reject', 'escalate', 'uphold', 'dismiss'));
create index review_decision_escalated on review_decision (project, id) where decision = 'escalate';

-- What an author says against the refusal of an answer; once an answer. The decision on it is a review_decision.
create table appeal (
    submission bigint primary key,
    project    uuid not null,
    author     uuid not null,
    text       bytea not null,
    at         timestamptz not null default now()
);
create index appeal_of_project on appeal (project, submission);

revoke update, delete, truncate on workflow, appeal from "${role}";
