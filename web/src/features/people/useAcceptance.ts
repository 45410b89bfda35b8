import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Document, MyDocument } from '@/api/types';

/** Accepting a text, and taking that back; all that depends on it is read anew. */
export function useAcceptance(client: string, document: Document, onDone: () => void = () => {}) {
  const queryClient = useQueryClient();
  const address = path('clients', client, 'documents', document.id, 'acceptance');
  const onSuccess = () => {
    onDone();
    void queryClient.invalidateQueries({ queryKey: ['clients', client] });
    void queryClient.invalidateQueries({ queryKey: ['work'] });
  };
  return {
    accept: useMutation({ mutationFn: () => api.put<MyDocument>(address, { version: document.version, sha256: document.sha256 }), onSuccess }),
    withdraw: useMutation({ mutationFn: () => api.delete(address), onSuccess }),
  };
}
