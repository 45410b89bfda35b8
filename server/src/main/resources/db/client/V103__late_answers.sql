-- Answers that came when their lease had ended. Each is its author's draft and counts nowhere; the project's rule says what it pays.
create table late_answer (
    lease          bigint primary key,
    task           bigint not null references task on delete cascade,
    project        uuid not null,
    person         uuid not null,
    items          int not null check (items >= 0),
    active_seconds int not null check (active_seconds >= 0),
    at             timestamptz not null default now()
);
create index late_answer_of_task on late_answer (task, person);
revoke update, truncate on late_answer from "${role}";

alter table pay_entry drop constraint pay_entry_kind_check;
alter table pay_entry add constraint pay_entry_kind_check check (kind in
    ('answer', 'exam', 'review', 'rejection', 'appeal', 'floor', 'adjustment', 'correction', 'rounding', 'payment',
     'ended', 'resumed'));
