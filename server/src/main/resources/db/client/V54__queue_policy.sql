-- The rules of a project's queue, and what they decided for single tasks. Rows are only added.

create table queue_policy (
    project  uuid not null references project,
    version  int not null check (version > 0),
    settings jsonb not null,
    set_by   uuid not null,
    at       timestamptz not null default now(),
    primary key (project, version)
);

-- That one task needs so many answers, decided when it had `seen` of them; the newest row counts.
create table task_need (
    id      bigint generated always as identity primary key,
    project uuid not null,
    task    bigint not null,
    answers smallint not null check (answers between 1 and 100),
    seen    smallint not null check (seen >= 0),
    at      timestamptz not null default now()
);
create index task_need_of_project on task_need (project, id);

revoke update, delete, truncate on queue_policy, task_need from "${role}";
