-- Courses that people have to finish before they see work: pages in Markdown, some with questions. Each change is another
-- version; the newest one counts, and older ones from "since" on.
create table course (
    id         uuid not null,
    version    int not null check (version > 0),
    -- Before the work of one project; null for all work of a workforce.
    project    uuid references project,
    -- For the people of one workforce; null for everybody at work in the project.
    workforce  uuid,
    title      text not null check (length(title) between 1 and 200),
    -- A project's course is content of the client, and lies under the project's key. A workforce's lies as it was written.
    sealed     bytea,
    pages      jsonb,
    page_count int not null check (page_count > 0),
    since      int not null check (since between 1 and version),
    in_force   boolean not null,
    set_by     uuid not null,
    set_at     timestamptz not null default clock_timestamp(),
    primary key (id, version),
    check (project is not null or workforce is not null),
    check ((project is null) = (sealed is null) and (project is null) = (pages is not null))
);
revoke update, delete, truncate on course from "${role}";
grant update (sealed) on course to "${role}";

-- Each try at a page. Pages are passed in their order, so that who passed the last one has finished.
create table course_step (
    id      bigint generated always as identity primary key,
    course  uuid not null,
    version int not null,
    person  uuid not null,
    page    int not null check (page > 0),
    passed  boolean not null,
    at      timestamptz not null default clock_timestamp(),
    foreign key (course, version) references course
);
create unique index course_step_passed on course_step (course, version, person, page) where passed;
create index course_step_of_person on course_step (person, course, version);
revoke update, delete, truncate on course_step from "${role}";
