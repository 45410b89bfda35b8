import { msg } from '@lingui/core/macro';
import { notifications } from '@mantine/notifications';
import { i18n } from '@/i18n/i18n';

/** A short message in the corner that something is done. */
export function notify(message: string): void {
  notifications.show({ message, closeButtonProps: { 'aria-label': i18n._(msg`Close`) } });
}
