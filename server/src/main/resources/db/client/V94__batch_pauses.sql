-- That a batch gives out no tasks, or gives them out again; of each batch the newest row counts.
create table batch_pause (
    id      bigint generated always as identity primary key,
    project uuid not null,
    batch   int not null,
    paused  boolean not null,
    person  uuid not null,
    at      timestamptz not null default now(),
    foreign key (project, batch) references batch
);
create index batch_pause_of on batch_pause (project, batch, id);
revoke update, delete, truncate on batch_pause from "${role}";
