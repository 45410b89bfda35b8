import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, useMatches, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isShut, sessionQuery, useMaybeSession } from '@/api/session';
import { SecondFactorPage } from '@/features/account/SecondFactorPage';
import { auditSearch } from '@/features/audit/search';
import { ErrorPage, NotFoundPage } from '@/features/shell/FaultPages';
import { PageSkeleton } from '@/features/shell/PageSkeleton';
import { ShellLayout } from '@/features/shell/ShellLayout';
import { activate, isLocale } from '@/i18n/i18n';
import { queryClient } from './query-client';

/** Every page's address. Pages load when they are first opened. */

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: ErrorPage });

/** The pages behind the guard; empty for the moment between a session's end and the sign-in page. */
function SignedIn() {
  const session = useMaybeSession();
  const locale = session?.person.locale;
  useEffect(() => {
    if (isLocale(locale)) activate(locale);
  }, [locale]);
  // Of the page that is shown, not of the one that is being loaded.
  const pathname = useMatches({ select: (matches) => matches.at(-1)?.pathname });
  const client = useParams({ strict: false }).client;
  if (!session) return null;
  // Settings are where a passkey is made.
  if (pathname !== '/settings' && isShut(session, client)) return <SecondFactorPage />;
  return <Outlet />;
}

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string; refused?: string } => {
    const { next, refused } = search;
    return {
      ...(typeof next === 'string' && next.startsWith('/') ? { next } : {}),
      ...(typeof refused === 'string' ? { refused } : {}),
    };
  },
  component: lazyRouteComponent(() => import('@/features/access/SignInPage'), 'SignInPage'),
});

const linkRoute = createRoute({
  getParentRoute: () => root,
  path: '/link/$token',
  component: lazyRouteComponent(() => import('@/features/access/LinkPage'), 'LinkPage'),
});

const resetRoute = createRoute({
  getParentRoute: () => root,
  path: '/reset/$token',
  component: lazyRouteComponent(() => import('@/features/account/ResetPage'), 'ResetPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => import('@/features/access/InvitationPage'), 'InvitationPage'),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    // A cached "nobody" is asked about again: the person may have signed in in another tab.
    const session = queryClient.getQueryData(sessionQuery.queryKey) ?? (await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 }));
    if (!session) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
  },
  component: SignedIn,
});

// The desk and the review desk take the whole screen.
const deskRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/$client/$project',
  component: lazyRouteComponent(() => import('@/features/desk/DeskPage'), 'DeskPage'),
});

const reviewRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/review/$client/$project',
  component: lazyRouteComponent(() => import('@/features/review/ReviewPage'), 'ReviewPage'),
});

const adjudicateRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/adjudicate/$client/$project',
  component: lazyRouteComponent(() => import('@/features/adjudication/AdjudicationPage'), 'AdjudicationPage'),
});

const shell = createRoute({ getParentRoute: () => signedIn, id: 'shell', component: ShellLayout });

const homeRoute = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/work/HomePage'), 'HomePage'),
});

const workRoute = createRoute({
  getParentRoute: () => shell,
  path: '/work',
  component: lazyRouteComponent(() => import('@/features/work/WorkPage'), 'WorkPage'),
});

const refusalsRoute = createRoute({
  getParentRoute: () => shell,
  path: '/work/$client/$project/returned',
  component: lazyRouteComponent(() => import('@/features/work/RefusalsPage'), 'RefusalsPage'),
});

const courseRoute = createRoute({
  getParentRoute: () => shell,
  path: '/work/$client/courses/$course',
  component: lazyRouteComponent(() => import('@/features/people/CoursePage'), 'CoursePage'),
});

const mentionsRoute = createRoute({
  getParentRoute: () => shell,
  path: '/mentions',
  component: lazyRouteComponent(() => import('@/features/discussion/MentionsPage'), 'MentionsPage'),
});

const myPayRoute = createRoute({
  getParentRoute: () => shell,
  path: '/pay',
  component: lazyRouteComponent(() => import('@/features/pay/MyPayPage'), 'MyPayPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/access/SettingsPage'), 'SettingsPage'),
});

// The scenario of the demonstration, for who may watch all its clients.
const juneRoute = createRoute({
  getParentRoute: () => shell,
  path: '/june-2025',
  component: lazyRouteComponent(() => import('@/features/june/JunePage'), 'JunePage'),
});

const clientsRoute = createRoute({
  getParentRoute: () => shell,
  path: '/clients',
  component: lazyRouteComponent(() => import('@/features/clients/ClientsPage'), 'ClientsPage'),
});

const clientRoute = createRoute({ getParentRoute: () => shell, path: '/clients/$client', component: Outlet });

const clientHomeRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/clients/ClientHomePage'), 'ClientHomePage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('@/features/clients/PeoplePage'), 'PeoplePage'),
});

const auditRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('@/features/audit/AuditPage'), 'AuditPage'),
});

// What protects a client: walls, owners, keys, and leaving.
const protectionRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: '/walls',
    component: lazyRouteComponent(() => import('@/features/walls/WallsPage'), 'WallsPage'),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: '/ownership',
    validateSearch: (search: Record<string, unknown>): { asOf?: string } =>
      typeof search['asOf'] === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(search['asOf']) ? { asOf: search['asOf'] } : {},
    component: lazyRouteComponent(() => import('@/features/ownership/OwnershipPage'), 'OwnershipPage'),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: '/residency',
    component: lazyRouteComponent(() => import('@/features/residency/ResidencyPage'), 'ResidencyPage'),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: '/keys',
    component: lazyRouteComponent(() => import('@/features/keys/KeysPage'), 'KeysPage'),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: '/webhooks',
    component: lazyRouteComponent(() => import('@/features/webhooks/WebhooksPage'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: '/webhooks/$webhook',
    component: lazyRouteComponent(() => import('@/features/webhooks/WebhookPage'), 'WebhookPage'),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: '/exit',
    component: lazyRouteComponent(() => import('@/features/exit/ExitPage'), 'ExitPage'),
  }),
] as const;

// What only an operator sees.
const operatorRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/register',
    component: lazyRouteComponent(() => import('@/features/ownership/RegisterPage'), 'RegisterPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/identity',
    component: lazyRouteComponent(() => import('@/features/identity/IdentityPage'), 'IdentityPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/accounts',
    component: lazyRouteComponent(() => import('@/features/account/AccountsPage'), 'AccountsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/break-glass',
    component: lazyRouteComponent(() => import('@/features/glass/OperatorGlassPage'), 'OperatorGlassPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/operator/departures',
    component: lazyRouteComponent(() => import('@/features/exit/DeparturesPage'), 'DeparturesPage'),
  }),
] as const;

const vendorRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: '/pay',
    component: lazyRouteComponent(() => import('@/features/pay/PayPage'), 'PayPage'),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: '/vendors',
    component: lazyRouteComponent(() => import('@/features/vendors/VendorsPage'), 'VendorsPage'),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: '/vendors/$vendor',
    component: lazyRouteComponent(() => import('@/features/vendors/VendorPage'), 'VendorPage'),
  }),
] as const;

const projectsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/projects',
  component: lazyRouteComponent(() => import('@/features/projects/ProjectsPage'), 'ProjectsPage'),
});

const newProjectRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/projects/new',
  component: lazyRouteComponent(() => import('@/features/projects/NewProjectPage'), 'NewProjectPage'),
});

const projectRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/projects/$project',
  component: lazyRouteComponent(() => import('@/features/projects/ProjectLayout'), 'ProjectLayout'),
});

const projectTabs = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/',
    component: lazyRouteComponent(() => import('@/features/projects/OverviewTab'), 'OverviewTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/assets',
    component: lazyRouteComponent(() => import('@/features/projects/assets/AssetsTab'), 'AssetsTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/tasks',
    validateSearch: (search: Record<string, unknown>): { task?: number } => (Number.isSafeInteger(search['task']) ? { task: Number(search['task']) } : {}),
    component: lazyRouteComponent(() => import('@/features/projects/TasksTab'), 'TasksTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/queue',
    component: lazyRouteComponent(() => import('@/features/queue/QueueTab'), 'QueueTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/review',
    component: lazyRouteComponent(() => import('@/features/workflow/WorkflowTab'), 'WorkflowTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/ontology',
    component: lazyRouteComponent(() => import('@/features/projects/OntologyTab'), 'OntologyTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/guidelines',
    component: lazyRouteComponent(() => import('@/features/projects/GuidelinesTab'), 'GuidelinesTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/quality',
    component: lazyRouteComponent(() => import('@/features/quality/QualityTab'), 'QualityTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/vendors',
    component: lazyRouteComponent(() => import('@/features/vendors/MeasuresTab'), 'MeasuresTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/routing',
    component: lazyRouteComponent(() => import('@/features/vendors/RoutingTab'), 'RoutingTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/jobs',
    validateSearch: (search: Record<string, unknown>): { job?: string } => (typeof search['job'] === 'string' ? { job: search['job'] } : {}),
    component: lazyRouteComponent(() => import('@/features/transfer/JobsTab'), 'JobsTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/releases',
    component: lazyRouteComponent(() => import('@/features/releases/ReleasesTab'), 'ReleasesTab'),
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/audit',
    component: lazyRouteComponent(() => import('@/features/audit/ProjectAuditTab'), 'ProjectAuditTab'),
  }),
] as const;

const routeTree = root.addChildren([
  signInRoute,
  linkRoute,
  resetRoute,
  invitationRoute,
  signedIn.addChildren([
    deskRoute,
    reviewRoute,
    adjudicateRoute,
    shell.addChildren([
      homeRoute,
      workRoute,
      refusalsRoute,
      courseRoute,
      mentionsRoute,
      myPayRoute,
      settingsRoute,
      juneRoute,
      clientsRoute,
      ...operatorRoutes,
      clientRoute.addChildren([
        clientHomeRoute,
        peopleRoute,
        auditRoute,
        ...protectionRoutes,
        ...vendorRoutes,
        projectsRoute,
        newProjectRoute,
        projectRoute.addChildren([...projectTabs]),
      ]),
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  history: createHashHistory(),
  defaultPreload: 'intent',
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
