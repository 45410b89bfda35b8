-- Tasks that are ordered together, and acts on many tasks at once. Rows are only added: an act names its tasks in arrays, so
-- that a million of them cost some ten rows instead of a rewrite of the table.

create table batch (
    project  uuid not null references project,
    number   int not null check (number between 1 and 10000),
    name     text not null check (length(name) between 1 and 100),
    priority int not null,
    deadline timestamptz,
    person   uuid not null,
    at       timestamptz not null default now(),
    primary key (project, number),
    unique (project, name)
);

-- The batch that a task was planned into; a later act may move it.
alter table task add column batch int;

create table task_act (
    id      bigint generated always as identity primary key,
    project uuid not null,
    act     text not null check (act in ('priority', 'batch', 'assign')),
    value   int not null,
    people  uuid[] not null,
    tasks   bigint[] not null,
    person  uuid not null,
    at      timestamptz not null default now()
);
create index task_act_of_project on task_act (project, id);

revoke update, delete, truncate on batch, task_act from "${role}";
