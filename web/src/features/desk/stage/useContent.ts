import { useSyncExternalStore } from 'react';
import type { Content, ContentLoader } from '../session/content';

export function useContent(content: ContentLoader): Content {
  return useSyncExternalStore(content.subscribe, content.read);
}
