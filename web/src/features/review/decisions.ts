import type { DecisionRequest, Review } from '@/api/types';

export type DecisionName = DecisionRequest['decision'];

/** What may be decided where an answer waits; the server holds the same table. */
export function allowedAt(at: Review['at'], isLastStage: boolean): ReadonlySet<DecisionName> {
  switch (at?.seat ?? 'review') {
    case 'review':
      return new Set(isLastStage ? ['accept', 'fix', 'return', 'reject', 'escalate'] : ['accept', 'fix', 'return', 'escalate']);
    case 'escalation':
      return new Set(['accept', 'fix', 'return', 'reject']);
    case 'appeal':
      return new Set(['uphold', 'dismiss']);
  }
}

/** Whether its author must be told why. */
export function needsWords(decision: DecisionName): boolean {
  switch (decision) {
    case 'accept':
    case 'fix':
    case 'uphold':
      return false;
    case 'return':
    case 'reject':
    case 'escalate':
    case 'dismiss':
      return true;
  }
}

/** What a key means here: on an appeal, accepting is to uphold it and returning is to dismiss it. */
export function meant(command: 'accept' | 'fix' | 'return', allowed: ReadonlySet<DecisionName>): DecisionName | undefined {
  if (allowed.has(command)) return command;
  if (command === 'accept' && allowed.has('uphold')) return 'uphold';
  return command === 'return' && allowed.has('dismiss') ? 'dismiss' : undefined;
}
