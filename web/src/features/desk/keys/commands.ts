import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Command, KeyMap, Ontology, Question, Scope } from '@engines/core';

/** Every command of the desk and of review, with its keys by profile. */

export type CommandGroup = 'work' | 'objects' | 'picture' | 'help';

export interface DeskCommand extends Command {
  readonly group: CommandGroup;
  readonly name: MessageDescriptor;
}

export type Screen = 'annotate' | 'review';
export type ProfileName = 'label-studio' | 'cvat';

/** The commands of a screen. Boxes and picture commands stand only where there are boxes or pictures. */
export function commandsFor(screen: Screen, has: { boxes: boolean; picture: boolean }): DeskCommand[] {
  return [
    ...(screen === 'annotate' ? ANNOTATE : REVIEW),
    ...COMMON,
    ...(has.picture ? PICTURE : []),
    ...(has.boxes ? OBJECTS : []),
  ];
}

/** The keys of a profile on a screen. Review needs some letters for its decisions. */
export function keyMapOf(profile: ProfileName, screen: Screen): KeyMap {
  const map = { ...SHARED_KEYS, ...PROFILE_KEYS[profile] };
  return screen === 'review' ? { ...map, fit: ['0'], select: ['V'] } : map;
}

/** Where a key of the reserved pool leads: a label, or an option of a question. */
export interface PoolKey {
  readonly command: string;
  readonly chord: string;
}

/**
 * Gives digits and then free letters to labels and then to options of questions, in order, as far as they
 * go. A key that a command has is never given away, so a label's key cannot collide.
 */
export function poolKeys(ontology: Ontology, map: KeyMap): PoolKey[] {
  const taken = new Set(Object.values(map).flat());
  const free = [...'123456789QWERTYUIOPASDFGHJKLZXCVBNM'].filter((chord) => !taken.has(chord));
  const targets = [
    ...ontology.labels.map((label) => labelCommand(label.id)),
    ...ontology.questions.flatMap((question) => optionsOf(question).map((option) => optionCommand(question.id, option))),
  ];
  return targets.flatMap((command, index) => {
    const chord = free[index];
    return chord === undefined ? [] : [{ command, chord }];
  });
}

export const labelCommand = (label: string) => `label:${label}`;
export const optionCommand = (question: string, option: string) => `option:${question}:${option}`;

/** The ids of what can be picked by one key. */
export function optionsOf(question: Question): readonly string[] {
  switch (question.type) {
    case 'choice':
    case 'multi_choice':
      return (question.options ?? []).map((option) => option.id);
    case 'boolean':
      return ['true', 'false'];
    case 'text':
    case 'number':
      return [];
  }
}

function command(id: string, group: CommandGroup, name: MessageDescriptor, scope: Scope = 'screen'): DeskCommand {
  return { id, group, name, scope };
}

const ANNOTATE: readonly DeskCommand[] = [
  command('submit', 'work', msg`Submit and go on`),
  command('skip', 'work', msg`Skip this task`),
];

const REVIEW: readonly DeskCommand[] = [
  command('accept', 'work', msg`Accept`),
  command('fix', 'work', msg`Accept with my corrections`),
  command('return', 'work', msg`Return to its author`),
];

const COMMON: readonly DeskCommand[] = [
  command('save', 'work', msg`Save now`),
  command('undo', 'work', msg`Undo`),
  command('redo', 'work', msg`Redo`),
  command('guidelines', 'help', msg`Instructions`),
  command('keys', 'help', msg`List of keys`),
];

const PICTURE: readonly DeskCommand[] = [
  command('zoom-in', 'picture', msg`Zoom in`),
  command('zoom-out', 'picture', msg`Zoom out`),
  command('fit', 'picture', msg`Whole image`),
  command('full-size', 'picture', msg`Image at 100%`),
];

const OBJECTS: readonly DeskCommand[] = [
  command('draw', 'objects', msg`Draw a box with the last label`),
  command('draw-middle', 'objects', msg`New box in the middle of the view`),
  command('select', 'objects', msg`Select and move boxes`),
  command('cancel', 'objects', msg`Give up drawing, or unselect`),
  command('delete', 'objects', msg`Delete the selected box`),
  command('hide', 'objects', msg`Hide or show the selected box`),
  command('hide-all', 'objects', msg`Hide or show all boxes`),
  command('zoom-selection', 'objects', msg`Zoom to the selected box`),
  command('next', 'objects', msg`Next box`, 'canvas'),
  command('previous', 'objects', msg`Previous box`, 'canvas'),
  command('nudge', 'objects', msg`Move the box by 1 pixel`, 'canvas'),
  command('nudge-far', 'objects', msg`Move the box by 10 pixels`, 'canvas'),
  command('grow', 'objects', msg`Resize the box by 1 pixel`, 'canvas'),
  command('grow-far', 'objects', msg`Resize the box by 10 pixels`, 'canvas'),
];

const arrows = (modifiers: string) => ['Left', 'Right', 'Up', 'Down'].map((way) => `${modifiers}Arrow${way}`);

const SHARED_KEYS: KeyMap = {
  submit: ['Ctrl+Enter', 'Enter'],
  skip: ['Ctrl+Space'],
  accept: ['A'],
  fix: ['Ctrl+Enter', 'F'],
  return: ['R'],
  save: ['Ctrl+S'],
  undo: ['Ctrl+Z'],
  redo: ['Ctrl+Shift+Z', 'Ctrl+Y'],
  'zoom-in': ['+', '='],
  'zoom-out': ['-'],
  'full-size': ['Shift+0'],
  'zoom-selection': ['Shift+F'],
  draw: ['N'],
  'draw-middle': ['Shift+N'],
  cancel: ['Escape'],
  delete: ['Delete', 'Backspace'],
  next: ['Tab'],
  previous: ['Shift+Tab'],
  nudge: arrows(''),
  'nudge-far': arrows('Shift+'),
  grow: arrows('Alt+'),
  'grow-far': arrows('Alt+Shift+'),
};

const PROFILE_KEYS: Readonly<Record<ProfileName, KeyMap>> = {
  'label-studio': {
    fit: ['F', '0'],
    select: ['V'],
    hide: ['H'],
    'hide-all': ['Shift+H'],
    guidelines: ['G', 'F1'],
    keys: ['?'],
  },
  cvat: {
    fit: ['0'],
    select: ['Shift+V'],
    hide: ['H'],
    'hide-all': ['T'],
    guidelines: ['G'],
    keys: ['F1', '?'],
  },
};
