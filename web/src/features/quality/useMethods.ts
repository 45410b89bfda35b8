import { useLingui } from '@lingui/react/macro';
import type { Method } from '@/api/types';

/** Every method of consensus with its name and a word on what it does; the server's list and no other. */
export function useMethods(): Record<Method, { name: string; about: string }> {
  const { t } = useLingui();
  return {
    majority: { name: t`Majority`, about: t`Counts heads; ties stay open.` },
    wawa: { name: t`Weighted votes (Wawa)`, about: t`Weighs each annotator by agreement with the majority.` },
    dawid_skene: { name: t`Dawid–Skene`, about: t`Weighs each annotator by their estimated confusions.` },
    dawid_skene_map: { name: t`Dawid–Skene with a prior`, about: t`The same, steadier where each annotator did little.` },
    hierarchical: { name: t`Dawid–Skene, pooled`, about: t`Each annotator's confusions are drawn towards those of all.` },
    one_coin: { name: t`One accuracy each`, about: t`Weighs each annotator by one accuracy; for small crowds.` },
    bayesian_average: { name: t`Bayesian average (BWA)`, about: t`Weighs each annotator by one precision for each class.` },
    ibcc: { name: t`IBCC`, about: t`Confusions with priors, inferred with their uncertainty.` },
    glad: { name: t`GLAD`, about: t`Weighs ability of annotators against difficulty of tasks.` },
    mace: { name: t`MACE`, about: t`Tells those who know from those who answer by habit.` },
    ebcc: { name: t`EBCC`, about: t`Confusions by kinds of tasks; needs many answers.` },
  };
}
