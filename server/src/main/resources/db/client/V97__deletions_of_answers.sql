-- Deletions of single answers beside those of tasks, assets and projects: the same record, the same thirty days, the same undo.
alter table deletion
    drop constraint deletion_scope_check,
    add constraint deletion_scope_check check (scope in ('tasks', 'assets', 'project', 'answers'));

-- A deleted answer keeps its rows; that it stands here and was not brought back takes it out of everything that reads
-- answers. All revisions of a person's answer to a task in a round go together. Rows stay when they were brought back, for
-- the task's history; the undo's number tells apart what came back when.
create table deleted_answer (
    submission  bigint not null,
    project     uuid not null,
    task        bigint not null,
    deletion    bigint not null references deletion,
    revision    int not null,
    undo        int check (undo > 0),
    restored_by uuid,
    restored_at timestamptz,
    primary key (submission, deletion),
    check (num_nulls(undo, restored_by, restored_at) in (0, 3))
);
create unique index deleted_answer_now on deleted_answer (submission) where undo is null;
create index deleted_answer_of on deleted_answer (deletion);
create index deleted_answer_of_project on deleted_answer (project, task);
revoke update, delete, truncate on deleted_answer from "${role}";
grant update (undo, restored_by, restored_at) on deleted_answer to "${role}";

-- What is left of an appeal about an answer that is gone for good: that there was one.
alter table appeal alter column text drop not null;

-- Destroys what single answers say and what was said about them. Their rows stay: work, pay, history and log refer to them.
create function purge_answers(number bigint) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    gone bigint[];
    tasks bigint;
begin
    perform from deletion
    where id = number and scope = 'answers' and undone_at is null and purged_at is null and at <= now() - interval '30 days'
    for update;
    if not found then
        return -1;
    end if;
    select array_agg(submission), count(distinct task) into gone, tasks
    from deleted_answer where deletion = number and undo is null;
    delete from comment_mention where comment in (select id from submission_comment where submission = any(gone));
    delete from thread_resolution where thread in (select id from submission_comment where submission = any(gone));
    delete from submission_comment where submission = any(gone);
    delete from draft d using submission s
    where s.id = any(gone) and d.project = s.project and d.task = s.task and d.person = s.annotator;
    update appeal set text = null where submission = any(gone);
    update restoration set answer = '{}', texts = null where submission = any(gone) or source = any(gone);
    update review_decision set answer = case when answer is not null then '{}'::jsonb end, texts = null, comments = null
    where submission = any(gone);
    -- As many empty shapes as there were: what is paid by the shape can still be reckoned.
    update submission set texts = null, answer = jsonb_build_object('shapes', coalesce(
        (select jsonb_agg('{}'::jsonb) from jsonb_array_elements(
            case when jsonb_typeof(answer -> 'shapes') = 'array' then answer -> 'shapes' end)), '[]'))
    where id = any(gone);
    update deletion set purged_at = now() where id = number;
    return tasks;
end $$;

-- As before, but for single answers, which it leaves to the function above, and for the notes of them that go with a task.
create or replace function purge_deletion(number bigint) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    due deletion;
    doomed bigint[];
    answers bigint[];
    jobs uuid[];
    every text;
begin
    select * into due from deletion
    where id = number and undone_at is null and purged_at is null and at <= now() - interval '30 days'
    for update;
    if not found then
        return -1;
    end if;
    if due.scope = 'answers' then
        return purge_answers(number);
    end if;
    if due.scope = 'project' then
        select array_agg(id) into doomed from task where project = due.project;
    else
        -- The task of a deleted asset may have been deleted before it.
        select array_agg(x.task) into doomed from deleted_task x where x.deletion = number or x.task in (
            select t.id from task t join deleted_asset a on a.project = t.project and a.asset = t.asset
            where a.deletion = number);
    end if;
    select array_agg(id) into answers from submission where task = any(doomed);
    delete from comment_mention where comment in (select id from submission_comment where submission = any(answers));
    delete from thread_resolution where thread in (select id from submission_comment where submission = any(answers));
    delete from submission_comment where submission = any(answers);
    delete from appeal where submission = any(answers);
    delete from return_lapse where submission = any(answers);
    delete from restoration where task = any(doomed);
    delete from review_decision where submission = any(answers);
    delete from task_merge_undo where merge in (select id from task_merge where task = any(doomed));
    delete from task_merge where task = any(doomed);
    delete from adjudication where task = any(doomed);
    delete from submission where task = any(doomed);
    delete from lease_end where lease in (select id from lease where task = any(doomed));
    delete from lease where task = any(doomed);
    delete from draft where task = any(doomed);
    delete from task_need where task = any(doomed);
    delete from task_event where task = any(doomed);
    delete from deleted_task where task = any(doomed);
    delete from deleted_answer where task = any(doomed);
    if due.scope = 'project' then
        select array_agg(id) into jobs from job where project = due.project;
        delete from import_line where job = any(jobs);
        delete from import_piece where job = any(jobs);
        delete from job_log where job = any(jobs);
        -- Those that others refer to last.
        foreach every in array array[
            'gold_retired', 'gold_serving', 'gold_result', 'gold', 'gold_policy', 'work_pause_lift', 'work_pause', 'task',
            'task_act', 'batch_pause', 'batch', 'queue_policy', 'routing_decision', 'routing_policy', 'workflow',
            'export_request', 'job', 'release', 'broken_object', 'deleted_asset', 'asset', 'asset_pack', 'asset_count',
            'label_use', 'label_change', 'ontology_version', 'guideline_version', 'project_rounds', 'project_workforce',
            'data_key', 'deleted_project']
        loop
            execute format('delete from %I where project = $1', every) using due.project;
        end loop;
        delete from deletion where project = due.project and id <> number;
        delete from project where id = due.project;
        -- Its name goes too; its code name says nothing.
        update deletion set filter = filter - 'name' where id = number;
    else
        delete from task where id = any(doomed);
        delete from broken_object b using deleted_asset a
        where a.deletion = number and b.project = a.project and b.asset = a.asset;
        delete from asset s using deleted_asset a where a.deletion = number and s.project = a.project and s.id = a.asset;
        delete from deleted_asset where deletion = number;
    end if;
    update deletion set purged_at = now() where id = number;
    return coalesce(cardinality(doomed), 0);
end $$;
