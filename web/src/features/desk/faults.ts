import { questionOf, shapeIndexOf, type Answer, type Fault } from '@engines/core';

/** Faults by the place where they are shown. */
export interface PlacedFaults {
  /** Ids of shapes with a fault. */
  readonly shapes: ReadonlySet<string>;
  readonly ofQuestion: (question: string) => Fault | undefined;
  readonly ofAttribute: (shape: string, attribute: string) => Fault | undefined;
  /** Faults of no question and no attribute: those of a shape as a whole, and of the answer. */
  readonly others: readonly Fault[];
}

export function placed(faults: readonly Fault[], answer: Answer): PlacedFaults {
  const shapeOf = (fault: Fault) => {
    const index = shapeIndexOf(fault.pointer);
    return index === undefined ? undefined : answer.shapes[index]?.id;
  };
  const attributeOf = (fault: Fault) => /\/attributes\/([^/]+)/.exec(fault.pointer)?.[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
  return {
    shapes: new Set(faults.map(shapeOf).filter((id) => id !== undefined)),
    ofQuestion: (question) => faults.find((fault) => questionOf(fault.pointer) === question),
    ofAttribute: (shape, attribute) => faults.find((fault) => shapeOf(fault) === shape && attributeOf(fault) === attribute),
    others: faults.filter((fault) => questionOf(fault.pointer) === undefined && attributeOf(fault) === undefined),
  };
}
