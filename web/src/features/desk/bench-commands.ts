import type { Annotation } from './useAnnotation';
import { labelCommand, optionCommand, optionsOf } from './keys/commands';
import type { RunCommand } from './keys/useKeys';
import { picked } from './panel/QuestionField';

export interface BenchActions {
  readonly annotation: Annotation;
  readonly readOnly: boolean;
  readonly saveNow: () => void;
  readonly toggleGuidelines: () => void;
  readonly showKeys: () => void;
}

const FAR = 10;

/** Runs the commands that the desk and review have in common. False: not a command for now. */
export function benchCommands(actions: BenchActions): RunCommand {
  const { annotation, readOnly } = actions;
  const { engine, selected } = annotation;
  const table: Readonly<Record<string, (chord: string) => boolean | void>> = {
    save: actions.saveNow,
    guidelines: actions.toggleGuidelines,
    keys: actions.showKeys,
    undo: annotation.undo,
    redo: annotation.redo,
    'zoom-in': () => engine?.zoomBy(1.25),
    'zoom-out': () => engine?.zoomBy(0.8),
    fit: () => engine?.zoomToFit(),
    'full-size': () => engine?.zoomToFullSize(),
    'zoom-selection': () => engine?.zoomToSelection(),
    select: () => annotation.setTool('select'),
    draw: () => (readOnly ? false : annotation.setTool('draw')),
    'draw-middle': () => (readOnly ? false : engine?.drawInMiddle()),
    cancel: () => cancel(annotation),
    delete: () => (selected === undefined || readOnly ? false : annotation.remove(selected.id)),
    hide: () => (selected === undefined ? annotation.toggleAllHidden() : annotation.toggleHidden(selected.id)),
    'hide-all': annotation.toggleAllHidden,
    next: () => engine?.cycle(1) ?? false,
    previous: () => engine?.cycle(-1) ?? false,
    nudge: (chord) => engine?.nudge(...towards(chord, 1)),
    'nudge-far': (chord) => engine?.nudge(...towards(chord, FAR)),
    grow: (chord) => engine?.grow(...towards(chord, 1)),
    'grow-far': (chord) => engine?.grow(...towards(chord, FAR)),
  };
  return (command, chord) => {
    const run = table[command];
    if (run !== undefined) return run(chord) !== false;
    return readOnly ? false : pool(annotation, command);
  };
}

/** What Escape means: give up drawing, leave the drawing tool, unselect, in this order. */
function cancel(annotation: Annotation): boolean {
  if (annotation.engine?.cancel() === true) return true;
  if (annotation.tool !== 'select') {
    annotation.setTool('select');
    return true;
  }
  if (annotation.selected !== undefined) {
    annotation.select(null);
    return true;
  }
  return false;
}

/** The keys of labels and options. */
function pool(annotation: Annotation, command: string): boolean {
  const { ontology, answer } = annotation;
  const label = ontology.labels.find(({ id }) => labelCommand(id) === command);
  if (label !== undefined) {
    annotation.useLabel(label.id);
    return true;
  }
  for (const question of ontology.questions) {
    const option = optionsOf(question).find((id) => optionCommand(question.id, id) === command);
    if (option !== undefined) {
      annotation.setAnswer(question.id, picked(question, answer.answers[question.id], option));
      return true;
    }
  }
  return false;
}

function towards(chord: string, step: number): [number, number] {
  const way = chord.slice(chord.lastIndexOf('Arrow') + 'Arrow'.length);
  return [way === 'Left' ? -step : way === 'Right' ? step : 0, way === 'Up' ? -step : way === 'Down' ? step : 0];
}
