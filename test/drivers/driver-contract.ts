import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeploymentDriver, DriverError } from '../../src/services/ports/deployment-driver.ts';

/** A fresh target: stable 2.3.0, candidate 2.4.0, share 0; and how to make it misbehave. */
export interface DriverHarness {
  driver: DeploymentDriver;
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

const stable = { weight: 0, stableVersion: '2.3.0', candidateVersion: '2.4.0' };

/** What every deployment driver keeps to, whatever its target. */
export function describeDriverContract(name: string, openHarness: () => Promise<DriverHarness>): void {
  describe(`${name} keeps the contract of a deployment driver`, () => {
    let harness: DriverHarness;
    let driver: DeploymentDriver;
    beforeEach(async () => {
      harness = await openHarness();
      driver = harness.driver;
    });
    afterEach(() => harness.close());

    const setWeight = (weight: number, operationId = `to-${weight}`) =>
      driver.setWeight({ version: '2.4.0', weight, operationId });
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

    it('observes the target', async () => {
      expect(await driver.observe()).toEqual(stable);
    });

    it.each([0, 1, 10, 50, 99.5, 100])('sets a share of %s %%', async (weight) => {
      await setWeight(weight);
      expect(await driver.observe()).toEqual({ ...stable, weight });
    });

    it('sets one share after the other, down as well as up', async () => {
      for (const weight of [1, 10, 100, 10]) {
        await setWeight(weight, `step-${Math.random()}`);
        expect((await driver.observe()).weight).toBe(weight);
      }
    });

    it('takes the share that is already there', async () => {
      await setWeight(10, 'first');
      await setWeight(10, 'second');
      expect((await driver.observe()).weight).toBe(10);
    });

    it.each([0, 1, 100])('rolls back from %s %%', async (weight) => {
      await setWeight(weight);
      await driver.rollBack({ operationId: 'back' });
      expect(await driver.observe()).toEqual(stable);
    });

    it('rolls back twice without harm', async () => {
      await setWeight(50);
      await driver.rollBack({ operationId: 'back' });
      await driver.rollBack({ operationId: 'back' });
      await driver.rollBack({ operationId: 'back-again' });
      expect(await driver.observe()).toEqual(stable);
    });

    it('does not carry out an operation again that arrives late once more', async () => {
      await setWeight(50, 'promote');
      await driver.rollBack({ operationId: 'back' });
      await setWeight(50, 'promote');
      expect((await driver.observe()).weight).toBe(0);
    });

    it('refuses an operation id that was used for another command', async () => {
      await setWeight(50, 'promote');
      await expectDriverError(setWeight(100, 'promote'));
      await expectDriverError(driver.rollBack({ operationId: 'promote' }));
      expect((await driver.observe()).weight).toBe(50);
    });

    it.each(['2.3.0', '9.9.9', ''])('refuses version %j, which is not the candidate', async (version) => {
      await expectDriverError(driver.setWeight({ version, weight: 10, operationId: 'wrong' }));
      expect(await driver.observe()).toEqual(stable);
    });

    it.each([-1, 100.1, Number.NaN])('refuses a share of %s', async (weight) => {
      await expectDriverError(setWeight(weight));
      expect(await driver.observe()).toEqual(stable);
    });

    it('fails commands that are refused, and carries the same ones out later', async () => {
      await setWeight(10);
      harness.refuse();
      await expectDriverError(setWeight(50));
      await expectDriverError(driver.rollBack({ operationId: 'back' }));
      expect((await driver.observe()).weight).toBe(10);
      harness.behave();
      await setWeight(50);
      expect((await driver.observe()).weight).toBe(50);
    });

    it('shows by observing that a command was not taken', async () => {
      await setWeight(10);
      harness.ignore();
      await setWeight(50);
      expect((await driver.observe()).weight).toBe(10);
      await driver.rollBack({ operationId: 'back' });
      expect((await driver.observe()).weight).toBe(10);
      harness.behave();
      await setWeight(50);
      expect((await driver.observe()).weight).toBe(50);
    });

    it('shows by observing that a command was carried out although it seemed to fail', async () => {
      harness.answerLate();
      await expectDriverError(setWeight(50));
      harness.behave();
      expect((await driver.observe()).weight).toBe(50);
      await setWeight(50);
      expect((await driver.observe()).weight).toBe(50);
    });

    it('fails every call when the target is cut off', async () => {
      await harness.cutOff();
      await expectDriverError(driver.observe());
      await expectDriverError(setWeight(10));
      await expectDriverError(driver.rollBack({ operationId: 'back' }));
    });
  });
}
