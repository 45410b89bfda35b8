import { LAST_CLIENT as KEY } from '@/api/leaving';

/** The client that was looked at last in this browser, so that pages outside any client keep leading back to it. */
export function lastClient(): string | null {
  return localStorage.getItem(KEY);
}

export function rememberClient(slug: string): void {
  localStorage.setItem(KEY, slug);
}
