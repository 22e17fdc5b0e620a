import { createAssessmentYearRepository, createFeedRepository } from '@cadre/db/assessment';
import { createAuditRepository } from '@cadre/db/audit';
import {
  createCourseRepository,
  createMicroLessonRepository,
  createPlanRepository,
  createThemeRepository,
} from '@cadre/db/catalog';
import type { Database } from '@cadre/db/core';
import {
  createCreditLedgerRepository,
  createRecordedActivityRepository,
  createRegulationRepository,
} from '@cadre/db/credit';
import {
  createAccountRepository,
  createApiClientRepository,
  createGrantRepository,
  createPersonRepository,
  createSignInRepository,
  createUnitRepository,
} from '@cadre/db/identity';
import { createJobRepository } from '@cadre/db/job';
import {
  createRecomputeRepository,
  createSealRepository,
  createVerificationRepository,
} from '@cadre/db/ledger';
import { createEnrollmentRepository, createSeatLedgerRepository } from '@cadre/db/enrollment';
import {
  createAttemptRepository,
  createCheckInTicketRepository,
  createConnectionRepository,
  createFactRepository,
  createPresenceRepository,
  createRoomEventRepository,
} from '@cadre/db/live';
import {
  createBaseRepository,
  createCharterRepository,
  createInstructorRepository,
  createVenueRepository,
} from '@cadre/db/network';
import {
  createPreviewRepository,
  createRegulationDraftRepository,
  createRegulationExampleRepository,
} from '@cadre/db/regulation';
import { createSettingRepository } from '@cadre/db/setting';
import {
  createBookingRepository,
  createSessionRepository,
  createTrainingClassRepository,
} from '@cadre/db/training';
import { createCatalogService, createPlanService } from './catalog';
import {
  createAssessmentService,
  createFeedService,
  createFeedSigner,
  createFreezeService,
} from './assessment';
import { createAuditService } from './audit';
import { createClockService } from './clock';
import { createApart, type Ports } from './core';
import {
  createNeededPresenceService,
  createProgressService,
  createRecordedFactService,
  createRegulationService,
  createSessionSettlementService,
  createSettlementService,
  createStatementService,
} from './credit';
import { createEnrollmentService, createSeatService } from './enrollment';
import {
  createApiClientService,
  createDirectoryService,
  createGrantScope,
  createSignInService,
} from './identity';
import {
  createLedgerExportService,
  createLedgerSigner,
  createRecomputeService,
  createSealService,
  createVerificationService,
} from './ledger';
import {
  createCheckInCodes,
  createCheckInService,
  createRoomLineService,
  createRoomQueue,
  createRoomService,
} from './live';
import { createJobService } from './job';
import { createNetworkService } from './network';
import { createRegulationDeskService, createRegulationPreviewService } from './regulation';
import {
  createBookingDesk,
  createTimetableService,
  createTimetableViewService,
  createTrainingService,
} from './training';

/** Every repository on one database. Making them defines the models, so `ensureIndexes` comes after. */
export function createRepositories(database: Database) {
  return {
    accounts: createAccountRepository(database),
    apiClients: createApiClientRepository(database),
    assessmentYears: createAssessmentYearRepository(database),
    attempts: createAttemptRepository(database),
    audit: createAuditRepository(database),
    bases: createBaseRepository(database),
    bookings: createBookingRepository(database),
    charter: createCharterRepository(database),
    classes: createTrainingClassRepository(database),
    connections: createConnectionRepository(database),
    courses: createCourseRepository(database),
    enrollments: createEnrollmentRepository(database),
    facts: createFactRepository(database),
    feed: createFeedRepository(database),
    grants: createGrantRepository(database),
    instructors: createInstructorRepository(database),
    jobs: createJobRepository(database),
    ledger: createCreditLedgerRepository(database),
    microLessons: createMicroLessonRepository(database),
    people: createPersonRepository(database),
    plans: createPlanRepository(database),
    presences: createPresenceRepository(database),
    previews: createPreviewRepository(database),
    recomputes: createRecomputeRepository(database),
    recordedActivities: createRecordedActivityRepository(database),
    regulationDrafts: createRegulationDraftRepository(database),
    regulationExamples: createRegulationExampleRepository(database),
    regulations: createRegulationRepository(database),
    roomEvents: createRoomEventRepository(database),
    seals: createSealRepository(database),
    seatLedger: createSeatLedgerRepository(database),
    sessions: createSessionRepository(database),
    settings: createSettingRepository(database),
    signIns: createSignInRepository(database),
    themes: createThemeRepository(database),
    tickets: createCheckInTicketRepository(database),
    units: createUnitRepository(database),
    venues: createVenueRepository(database),
    verifications: createVerificationRepository(database),
  };
}
export type Repositories = ReturnType<typeof createRepositories>;

/** Every service, wired by hand: the one composition of the product. */
export function createServices(database: Database, repositories: Repositories, ports: Ports) {
  const deps = { ...ports, ...repositories, database, apart: createApart({ ...ports, ...repositories }) };
  const regulation = createRegulationService(deps);
  const settlement = createSettlementService({ ...deps, regulation });
  const statement = createStatementService({ ...deps, regulation });
  const ledgerExport = createLedgerExportService({ ...deps, statement });
  const codes = createCheckInCodes(deps);
  const roomQueue = createRoomQueue({ ...deps, codes });
  const seats = createSeatService(deps);
  const room = createRoomService({ ...deps, codes, roomQueue });
  const feed = createFeedService({ ...deps, statement, signer: createFeedSigner(deps) });
  return {
    apiClient: createApiClientService(deps),
    assessment: createAssessmentService({ ...deps, regulation }),
    audit: createAuditService(deps),
    checkIn: createCheckInService({
      ...deps,
      codes,
      roomQueue,
      neededPresence: createNeededPresenceService({ ...deps, regulation }),
    }),
    catalog: createCatalogService(deps),
    clock: createClockService(deps),
    directory: createDirectoryService({ ...deps, grantScope: createGrantScope(deps) }),
    enrollment: createEnrollmentService({ ...deps, seats }),
    job: createJobService(deps),
    network: createNetworkService(deps),
    plan: createPlanService(deps),
    feed,
    freeze: createFreezeService({ ...deps, feedService: feed, statement }),
    progress: createProgressService({ ...deps, statement }),
    recompute: createRecomputeService({ ...deps, regulation, settlement }),
    regulation,
    regulationDesk: createRegulationDeskService(deps),
    regulationPreview: createRegulationPreviewService({ ...deps, regulation }),
    room,
    roomLine: createRoomLineService({ ...deps, room, roomQueue }),
    recordedFact: createRecordedFactService({ ...deps, settlement }),
    sessionSettlement: createSessionSettlementService({ ...deps, settlement }),
    ledgerExport,
    seal: createSealService({ ...deps, signer: createLedgerSigner(deps) }),
    seats,
    settlement,
    signIn: createSignInService(deps),
    statement,
    timetable: createTimetableService({ ...deps, desk: createBookingDesk(deps), seats }),
    timetableView: createTimetableViewService(deps),
    training: createTrainingService({ ...deps, seats }),
    verification: createVerificationService({ ...deps, ledgerExport }),
  };
}
export type Services = ReturnType<typeof createServices>;
