import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Fault } from '@engines/core';

/** A fault in the reader's language: the server's words, or ours for those found here. */
export function faultText(i18n: I18n, fault: Fault): string {
  switch (fault.code) {
    case 'required':
      return i18n._(msg`Please answer this question.`);
    case 'unknown-label':
      return i18n._(msg`This label is no longer used: choose another.`);
    case 'unknown-option':
      return i18n._(msg`Choose one of the options.`);
    case 'not-a-number':
      return i18n._(msg`Enter a number.`);
    case undefined:
      return fault.message ?? i18n._(msg`The server found fault with this.`);
  }
}
