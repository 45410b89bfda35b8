-- What a version of the ontology did to labels that answers bear: merged into another one, or retired. Label ids are no
-- secret; names are, and stand sealed in the version.
create table label_change (
    project uuid not null,
    version int not null,
    number  int not null,
    op      text not null check (op in ('add', 'rename', 'merge', 'retire')),
    label   text not null,
    target  text check ((target is not null) = (op = 'merge')),
    primary key (project, version, number),
    foreign key (project, version) references ontology_version
);
revoke update, delete, truncate on label_change from "${role}";

-- How many submissions bear a label, kept by a listener of the outbox: a preview asks here and counts nothing.
create table label_use (
    project     uuid not null,
    label       text not null,
    submissions bigint not null,
    primary key (project, label)
);
insert into label_use (project, label, submissions)
select s.project, l.label, count(*)
from submission s
    cross join lateral (
        select distinct shape->>'label' as label from jsonb_array_elements(s.answer->'shapes') shape) l
group by s.project, l.label;
-- What is counted here already comes no second time.
insert into outbox_cursor (listener, xid) values ('label-use', pg_current_xact_id());
