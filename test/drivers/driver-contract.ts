import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSettled, isWeightReached, type TargetState } from '../../src/core/rollout/target-state.ts';
import type { driverRegistry } from '../../src/drivers/driver-registry.ts';
import type { AdapterConfig } from '../../src/lib/create-adapter-registry.ts';
import {
  type DeploymentDriver,
  type DriverCommands,
  DriverError,
} from '../../src/services/ports/deployment-driver.ts';
import { command, observe, promoteStep, rollBack, setWeight } from './call-driver.ts';

/** A fresh target: stable 2.3.0, candidate 2.4.0, weight 0; and how to make it misbehave. */
export interface DriverHarness {
  driver: DeploymentDriver;
  /** Resolves once the target has had the time that it needs for a command. */
  settle(): Promise<void>;
  /** Nobody answers any more. */
  cutOff(): Promise<void>;
  /** Commands are answered with an error. */
  refuse(): void;
  /** Commands are answered with success and not carried out. */
  ignore(): void;
  /** Commands are carried out, but the driver does not learn of it in time. */
  answerLate(): void;
  /** Ends whichever misbehaviour is on, but for `cutOff`. */
  behave(): void;
  /** Must be in no error's message. */
  secrets: string[];
  close(): Promise<void>;
}

const versions = { stableVersion: '2.3.0', candidateVersion: '2.4.0' };

/** What some drivers can do and others can't; known before any harness is open, so that cases can be skipped. */
export interface DriverTraits {
  /** Whether the target knows an operation again by its id. One that keeps nothing carries it out again. */
  remembersOperations: boolean;
  /** Every command that the driver declares. */
  commands: readonly (keyof DriverCommands)[];
  /** Percentages that the target can have, none, some and all, upwards; left out: every one. */
  weights?: readonly number[];
  /** A command is more than one call, so one that fails may have been carried out by half. */
  takesSeveralCalls?: boolean;
  /** Left out: it does. One that can't takes its candidate for the version that it is asked about. */
  tellsVersions?: boolean;
  /** The driver brings a version itself, so there is none that it would have to refuse. */
  deploys?: boolean;
}

/** What every deployment driver keeps to, whatever its target. */
export function describeDriverContract(
  name: string,
  {
    remembersOperations,
    commands,
    weights = [0, 1, 10, 50, 99.5, 100],
    deploys = false,
    takesSeveralCalls = false,
    tellsVersions = true,
  }: DriverTraits,
  openHarness: () => Promise<DriverHarness>,
): void {
  const lacks = (command: keyof DriverCommands) => !commands.includes(command);
  const setsWeights = !lacks('setWeight');
  const versionsOf = tellsVersions ? versions : { candidateVersion: versions.candidateVersion };
  const some = weights.filter((weight) => weight > 0);
  // Of those that can be had, one and a larger one.
  const [from, to] = some.includes(10) && some.includes(50) ? [10, 50] : [0, 100];
  describe(`${name} keeps the contract of a deployment driver`, () => {
    let harness: DriverHarness;
    let driver: DeploymentDriver;
    beforeEach(async () => {
      harness = await openHarness();
      driver = harness.driver;
    });
    afterEach(() => harness.close());

    /** What the target shows once it has settled. */
    const settled = async (): Promise<TargetState> => {
      await harness.settle();
      const state = await observe(driver);
      expect(isSettled(state)).toBe(true);
      return state;
    };
    const expectWeight = async (weight: number): Promise<void> => {
      const state = await settled();
      expect(state).toMatchObject(versionsOf);
      const isReached = isWeightReached(state.weight, weight, driver.weightTolerance);
      expect(isReached, `${state.weight} % instead of ${weight} %`).toBe(true);
    };
    /** Brings a weight the way that the target has, step by step where the steps are its own. */
    const reach = async (given: { weight: number; operationId?: string; version?: string }) => {
      if (setsWeights) return setWeight(driver, given);
      const { weight, operationId = `to-${weight}`, version } = given;
      if (weight === 0 && lacks('promoteStep')) return null;
      if (weight === 100) return command(driver, 'promote', operationId, version);
      const present = (await observe(driver)).weight;
      for (const step of some.filter((each) => each > present && each < weight)) {
        await promoteStep(driver, { weight: step, operationId: `${operationId}-${step}`, version });
        await harness.settle();
      }
      return promoteStep(driver, { weight, operationId, version });
    };
    const expectDriverError = async (call: Promise<unknown>): Promise<void> => {
      const error = await call.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(DriverError);
      const written =
        error instanceof DriverError ? `${error.message} ${error.stack} ${String(error.cause)}` : '';
      for (const secret of harness.secrets) expect(written).not.toContain(secret);
    };

    it('declares for each command how long it may take, and how exact weights are', () => {
      const declared = Object.values(driver.commands);
      expect(Object.keys(driver.commands).sort()).toEqual([...commands].sort());
      expect(declared.length).toBeGreaterThan(0);
      for (const each of declared) expect(each?.deadlineMs).toBeGreaterThan(0);
      expect(driver.weightTolerance).toBeGreaterThanOrEqual(0);
      expect(driver.weightTolerance).toBeLessThan(1);
    });

    it('observes the target', async () => {
      expect(await settled()).toMatchObject({ ...versionsOf, weight: 0 });
    });

    it.each(weights)('brings a weight of %s %%', async (weight) => {
      await reach({ weight });
      await expectWeight(weight);
    });

    it.skipIf(!setsWeights || some.length < 3)(
      'sets one weight after the other, down as well as up',
      async () => {
        for (const [step, weight] of [...some.slice(0, 2), 100, from].entries()) {
          await setWeight(driver, { weight, operationId: `step-${step}` });
          await expectWeight(weight);
        }
      },
    );

    it('takes the weight that is already there', async () => {
      await reach({ weight: to, operationId: 'first' });
      await expectWeight(to);
      await reach({ weight: to, operationId: 'second' });
      await expectWeight(to);
    });

    it('may be given a command twice', async () => {
      await reach({ weight: to });
      await reach({ weight: to });
      await expectWeight(to);
    });

    it.each([...new Set([0, some[0] ?? 100, 100])])('rolls back from %s %%', async (weight) => {
      await reach({ weight });
      await expectWeight(weight);
      await rollBack(driver);
      expect(await settled()).toMatchObject({ ...versionsOf, weight: 0 });
    });

    it('rolls back twice without harm', async () => {
      await reach({ weight: to });
      await rollBack(driver);
      await rollBack(driver);
      await rollBack(driver, 'back-again');
      await expectWeight(0);
    });

    it('rolls back in the middle of another command', async () => {
      await reach({ weight: to });
      await rollBack(driver);
      await expectWeight(0);
    });

    it.skipIf(!setsWeights)(
      'has a late copy of an operation do no harm where it remembers operations',
      async () => {
        await setWeight(driver, { weight: to, operationId: 'promote' });
        await rollBack(driver);
        await setWeight(driver, { weight: to, operationId: 'promote' });
        await expectWeight(remembersOperations ? 0 : to);
      },
    );

    it.skipIf(!remembersOperations)('refuses an operation id of another command', async () => {
      await setWeight(driver, { weight: to, operationId: 'promote' });
      await expectDriverError(setWeight(driver, { weight: 100, operationId: 'promote' }));
      await expectDriverError(rollBack(driver, 'promote'));
      await expectWeight(to);
    });

    it.skipIf(deploys).each(['2.3.0', '9.9.9', ''])(
      'refuses version %j, which is not the candidate',
      async (version) => {
        await expectDriverError(reach({ version, weight: some[0] ?? 100, operationId: 'wrong' }));
        await expectWeight(0);
      },
    );

    it.skipIf(!setsWeights).each([-1, 100.1, Number.NaN])('refuses a weight of %s', async (weight) => {
      await expectDriverError(setWeight(driver, { weight }));
      await expectWeight(0);
    });

    it('fails commands that are refused, and carries the same ones out later', async () => {
      if (from > 0) await reach({ weight: from });
      await expectWeight(from);
      harness.refuse();
      await expectDriverError(reach({ weight: to }));
      await expectDriverError(rollBack(driver));
      await expectWeight(from);
      harness.behave();
      await reach({ weight: to });
      await expectWeight(to);
    });

    it('shows by observing that a command was not taken', async () => {
      if (from > 0) await reach({ weight: from });
      await expectWeight(from);
      harness.ignore();
      await reach({ weight: to });
      await expectWeight(from);
      await rollBack(driver);
      await expectWeight(from);
      harness.behave();
      await reach({ weight: to });
      await expectWeight(to);
    });

    it('shows by observing that a command was carried out although it seemed to fail', async () => {
      harness.answerLate();
      await expectDriverError(reach({ weight: to }));
      harness.behave();
      if (!takesSeveralCalls) await expectWeight(to);
      await reach({ weight: to });
      await expectWeight(to);
    });

    it.skipIf(lacks('promote'))('promotes to all traffic, and can go back from there', async () => {
      await command(driver, 'promote');
      await expectWeight(100);
      await rollBack(driver);
      await expectWeight(0);
    });

    it.skipIf(lacks('pause') || to === 100)('pauses and resumes in mid-way', async () => {
      await reach({ weight: to });
      await command(driver, 'pause');
      expect((await settled()).status.kind).toBe('paused');
      await command(driver, 'resume');
      await expectWeight(to);
    });

    it.skipIf(lacks('abort'))('aborts what it is doing', async () => {
      await reach({ weight: to });
      await command(driver, 'abort');
      await expectWeight(0);
    });

    it('fails every call when the target is cut off', async () => {
      await harness.cutOff();
      await expectDriverError(observe(driver));
      await expectDriverError(setsWeights ? setWeight(driver, { weight: to }) : command(driver, 'promote'));
      await expectDriverError(rollBack(driver));
    });
  });
}

/** What every kind of driver says of what it changes, by its configuration. */
export function describeAddressContract(
  { schema, addressOf }: typeof driverRegistry,
  cases: {
    type: string;
    /** All of these reach one target. */
    same: readonly [AdapterConfig, ...AdapterConfig[]];
    /** Each of these reaches another one. */
    others: readonly [AdapterConfig, ...AdapterConfig[]];
    /** Must not be in an address. */
    secrets: readonly string[];
  },
): void {
  const addresses = (configs: readonly AdapterConfig[]) =>
    configs.map((each) => addressOf(schema.parse(each)));
  describe(`The kind of driver "${cases.type}"`, () => {
    it('has one address for all settings that reach one target', () => {
      const [first, ...others] = addresses(cases.same);
      expect(first).toBeTypeOf('string');
      for (const address of others) expect(address).toBe(first);
    });

    it('has another address for each other target', () => {
      const all = addresses([cases.same[0], ...cases.others]);
      expect(new Set(all).size).toBe(all.length);
    });

    it('has no secret in an address', () => {
      const all = addresses([...cases.same, ...cases.others]).join(' ');
      for (const secret of cases.secrets) expect(all).not.toContain(secret);
    });
  });
}
