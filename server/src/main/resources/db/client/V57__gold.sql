-- Gold: tasks whose answer is known, shown among others to learn how well somebody works. Its leases and answers lie in the
-- tables of all work, so that nothing tells them apart from outside, and bear a mark that keeps them out of every count.
alter table lease add column gold boolean not null default false;
alter table submission add column gold boolean not null default false;

-- A known answer and what to tell afterwards, both sealed whole: who can read them can pass every test.
create table gold (
    id               bigint generated always as identity primary key,
    project          uuid not null references project,
    task             bigint not null references task,
    category         text not null,
    difficulty       smallint not null check (difficulty between 1 and 5),
    ontology_version int not null,
    answer           bytea not null,
    feedback         bytea,
    from_submission  bigint,
    added_by         uuid not null,
    at               timestamptz not null default now()
);
create index gold_of_project on gold (project, id);

create table gold_retired (
    gold    bigint primary key references gold,
    project uuid not null,
    reason  text not null,
    by      uuid not null,
    at      timestamptz not null default now()
);
create index gold_retired_of_project on gold_retired (project);

create table gold_policy (
    project uuid not null references project,
    version int not null check (version > 0),
    body    jsonb not null,
    by      uuid not null,
    at      timestamptz not null default now(),
    primary key (project, version)
);

-- Which gold was shown to whom, at which of his claims: nobody gets a gold task twice.
create table gold_serving (
    project uuid not null,
    person  uuid not null,
    task    bigint not null,
    gold    bigint not null,
    ordinal int not null check (ordinal >= 0),
    attempt int not null check (attempt >= 0),
    at      timestamptz not null default now(),
    primary key (project, person, task)
);

-- How an answer to gold compares; attempt 0 is gold at work, others are entry exams.
create table gold_result (
    submission bigint primary key,
    project    uuid not null,
    person     uuid not null,
    gold       bigint not null,
    attempt    int not null,
    is_right   boolean not null,
    score      double precision not null check (score between 0 and 1),
    at         timestamptz not null default now()
);
create index gold_result_of_person on gold_result (project, person, submission);

-- Nobody is paused without a row that says why, and no pause ends but by its time or by a row that says who ended it.
create table work_pause (
    id       bigint generated always as identity primary key,
    project  uuid not null references project,
    person   uuid not null,
    reason   text not null check (reason in ('gold', 'exam')),
    evidence jsonb not null,
    until    timestamptz,
    at       timestamptz not null default now()
);
create index work_pause_of_project on work_pause (project, id);

create table work_pause_lift (
    pause   bigint primary key references work_pause,
    project uuid not null,
    reason  text not null,
    by      uuid not null,
    at      timestamptz not null default now()
);

revoke update, delete, truncate
    on gold, gold_retired, gold_policy, gold_serving, gold_result, work_pause, work_pause_lift from "${role}";
