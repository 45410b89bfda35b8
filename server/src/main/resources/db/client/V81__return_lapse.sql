-- A returned answer that its author let lie for too long: its slot is free for others, and the author is out of the task.
create table return_lapse (
    submission bigint primary key,
    project    uuid not null,
    at         timestamptz not null default now()
);
create index return_lapse_of_project on return_lapse (project);
revoke update, delete, truncate on return_lapse from "${role}";
