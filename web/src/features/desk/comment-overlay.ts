import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Overlay } from '@engines/image';
import type { Comment } from '@/api/types';

const COLOR = '#e8590c';

/** The places of comments on the picture, with their numbers. */
export function commentOverlay(i18n: I18n, comments: readonly Comment[]): Overlay {
  return {
    id: 'comments',
    color: COLOR,
    dashed: true,
    filled: false,
    boxes: comments.flatMap(({ region }, index) => {
      const number = index + 1;
      return region === undefined ? [] : [{ box: region, text: i18n._(msg`Comment ${number}`) }];
    }),
  };
}
