import { queryOptions } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Page, Webhook, WebhookDeliveryDetail } from '@/api/types';

/** Keys begin with `['clients', client, 'webhooks']`. */
export const webhooksKey = (client: string) => ['clients', client, 'webhooks'] as const;

export const webhookPath = (client: string, ...rest: string[]) => path('clients', client, 'webhooks', ...rest);

export const webhooksQuery = (client: string) =>
  queryOptions({
    queryKey: webhooksKey(client),
    queryFn: ({ signal }) => api.get<Page<Webhook>>(webhookPath(client), { signal }).then(({ items }) => items),
  });

export const webhookQuery = (client: string, webhook: string) =>
  queryOptions({
    queryKey: [...webhooksKey(client), webhook],
    queryFn: ({ signal }) => api.get<Webhook>(webhookPath(client, webhook), { signal }),
  });

export const deliveryQuery = (client: string, webhook: string, delivery: string) =>
  queryOptions({
    queryKey: [...webhooksKey(client), webhook, 'deliveries', delivery],
    queryFn: ({ signal }) => api.get<WebhookDeliveryDetail>(webhookPath(client, webhook, 'deliveries', delivery), { signal }),
  });
