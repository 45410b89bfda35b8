import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { MessageDescriptor } from '@lingui/core';
import { myQueueQuery } from '../queries';
import { NothingLeft } from './Phase';
import type { Place } from '../session/desk-api';

/** The reasons that we have words for; any other is told in the server's. */
const WORDS: Readonly<Record<string, MessageDescriptor>> = {
  qualification: msg`This project asks for a qualification that you do not hold.`,
  'person-cap': msg`You have taken as many tasks here as one person may.`,
  language: msg`This project asks for a language that is not among yours. You can add your languages in your settings.`,
  country: msg`This project takes people from certain countries only, and yours is not one of them.`,
  budget: msg`The project's budget is used up; its requester would have to raise it.`,
  'queue-closed': msg`The project is paused.`,
  'work-paused': msg`Your work in this project is paused; a quality lead can lift that.`,
  'not-in-workforce': msg`Your team does not work on this project any more.`,
  wall: msg`A rule on conflicts of interest keeps you from this project.`,
};

/** Why nothing comes, in words that tell what could be done. Where simply nothing is left, it says so. */
export function WhyEmpty({ place }: { place: Place }) {
  const { i18n } = useLingui();
  const why = useQuery(myQueueQuery(place)).data?.why;
  if (why === undefined || why.code === 'nothing-left') return <NothingLeft />;
  const words = WORDS[why.code];
  return (
    <Alert color="brass" variant="light" ta="start" data-testid="why-empty" data-code={why.code}>
      {words === undefined ? why.message : i18n._(words)}
    </Alert>
  );
}
