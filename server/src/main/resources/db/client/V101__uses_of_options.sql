-- What of an ontology an answer bears: a label by its id, a question and an option by their path. Free texts are sealed and
-- their questions not in the JSON: of them it is only known that there are some.
create function answer_uses(answer jsonb, sealed boolean) returns setof text language sql immutable as $$
    select shape->>'label' from jsonb_array_elements(answer->'shapes') shape
    union
    select place from (
        select 'questions/' || given.key as place, given.value
        from jsonb_each(answer->'answers') given
        union all
        select 'labels/' || (shape->>'label') || '/attributes/' || given.key, given.value
        from jsonb_array_elements(answer->'shapes') shape cross join lateral jsonb_each(shape->'attributes') given) asked
    union
    select asked.place || '/options/' || chosen.id from (
        select 'questions/' || given.key as place, given.value
        from jsonb_each(answer->'answers') given
        union all
        select 'labels/' || (shape->>'label') || '/attributes/' || given.key, given.value
        from jsonb_array_elements(answer->'shapes') shape cross join lateral jsonb_each(shape->'attributes') given) asked
    cross join lateral jsonb_array_elements_text(
        case jsonb_typeof(asked.value)
            when 'array' then asked.value
            when 'string' then jsonb_build_array(asked.value)
            else '[]'::jsonb end) chosen (id)
    union
    select '/texts' where sealed
$$;

-- Counted anew as a whole, options with the labels; deletions that can be undone know what they would bring back.
delete from label_use;
insert into label_use (project, label, submissions)
select s.project, used.key, count(*)
from submission s cross join lateral answer_uses(s.answer, s.texts is not null) used (key)
where not exists (select from deleted_task d where d.task = s.task)
group by s.project, used.key;

update deletion d set labels = coalesce((
    select jsonb_object_agg(key, submissions) from (
        select used.key, count(*) as submissions
        from deleted_task x join submission s on s.task = x.task
            cross join lateral answer_uses(s.answer, s.texts is not null) used (key)
        where x.deletion = d.id group by used.key) counted), '{}')
where d.undone_at is null and d.purged_at is null;

-- What is counted here already comes no second time.
update outbox_cursor set xid = pg_current_xact_id(), id = 0 where listener = 'label-use';
