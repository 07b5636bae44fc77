import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../../src/config/load-config.ts';
import { explainPlan } from '../../../src/core/explain/explain-plan.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { parsePlan } from '../../../src/core/plan-file/parse-plan.ts';
import { findProduct, releaseManagerOn } from '../../../src/core/product-file/product.ts';
import { withProduct } from '../../../src/core/product-file/with-product.ts';
import { SMALLEST_PLAN } from '../plan/example-plan.ts';

const yaml = `products:
  - name: Web shop
    key: web
    summary: What's new in the web shop.
    zone: America/New_York
    time: "09:30"
    type: patch
    riskTolerance: low
    strategy: canary
    roles:
      support_lead: { name: Tom Weber, email: tom@example.com }
      qa_lead: { name: Bo Lindqvist, email: bo@example.com }
    rotation:
      from: "2030-01-09"
      people:
        - { name: Rita Moreno, email: rita@example.com }
        - { name: Dana Fischer, email: dana@example.com }
    channels: { support: "#web-support" }
    types: { sales-briefing: [major, minor] }
`;
const { products } = parseConfigFile(yaml, { path: 'tminus.yaml', env: {} });
const read = (text: string): Plan => {
  const reading = parsePlan(text, { products });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.plan;
};
const least = `release: web-2.5.0
product: web
version: "2.5.0"
goLive: { date: 2030-06-18 }
roles:
  engineering_lead: { name: Emil Novak, email: emil@example.com }
  devops_lead: { name: Dana Fischer, email: dana@example.com }
  product_owner: { name: Priya Raman, email: priya@example.com }
  security_lead: { name: Sam Okoye, email: sam@example.com }
`;

describe('a plan of a product', () => {
  it('inherits what it does not say', () => {
    expect(read(least)).toMatchObject({
      product: 'Web shop',
      summary: "What's new in the web shop.",
      type: 'patch',
      riskTolerance: 'low',
      goLive: { date: '2030-06-18', time: '09:30', zone: 'America/New_York' },
      rollout: { strategy: 'canary' },
      roles: { qa_lead: { name: 'Bo Lindqvist' }, support_lead: { name: 'Tom Weber' } },
      channels: { support: ['#web-support'], sales: ['#sales'] },
      communications: { drop: ['sales-briefing'] },
    });
  });

  it('keeps what it says', () => {
    const own = `${SMALLEST_PLAN}type: minor\nriskTolerance: high\nchannels: { support: "#own" }\n`;
    expect(read(own)).toMatchObject({
      type: 'minor',
      riskTolerance: 'high',
      summary: 'Checkout takes two steps instead of four.',
      goLive: { time: '10:00', zone: 'Europe/Amsterdam' },
      roles: { release_manager: { name: 'Rita Moreno' }, qa_lead: { name: 'Quinn Abara' } },
      channels: { support: ['#own'] },
      communications: { drop: [] },
    });
  });

  it('gets the strategy and the preset of the product, unless it has its own', () => {
    const product = 'products: [{ name: Web shop, preset: gradual }]';
    const { products: others } = parseConfigFile(product, { path: 'tminus.yaml', env: {} });
    const rolloutOf = (own: string) => {
      const reading = parsePlan(`${SMALLEST_PLAN}${own}`, { products: others });
      return reading.ok ? reading.plan.rollout : reading.problems;
    };
    expect(rolloutOf('')).toMatchObject({ strategy: 'blue-green', preset: 'gradual' });
    expect(rolloutOf('rollout: { strategy: rolling }\n')).toMatchObject({
      strategy: 'rolling',
      preset: 'batches',
    });
    expect(rolloutOf('rollout: { preset: quick }\n')).toMatchObject({ strategy: 'canary', preset: 'quick' });
    const own = rolloutOf('rollout: { phases: [{ trafficPercent: 100 }] }\n');
    expect(own).toMatchObject({ strategy: 'blue-green', phases: [{ trafficPercent: 100 }] });
    expect(own).not.toHaveProperty('preset');
    const wrong = 'products: [{ name: Web shop, strategy: rolling, preset: quick }]';
    expect(() => parseConfigFile(wrong, { path: 'tminus.yaml', env: {} })).toThrow(
      /belongs to the strategy canary/,
    );
  });

  it('keeps an item of other types that it changes', () => {
    const changed = `${least}communications: { change: { sales-briefing: { time: "11:00", offset: -P3D } } }\n`;
    expect(read(changed).communications.drop).toEqual([]);
  });

  it('of another product inherits nothing, and what is no plan is left as it is', () => {
    const given = { product: 'App', version: '1.0' };
    expect(withProduct(given, products)).toBe(given);
    for (const odd of [null, 'text', [], { product: 7 }, {}]) expect(withProduct(odd, products)).toBe(odd);
    expect(withProduct({ product: 'web', roles: 'nobody', goLive: 3 }, products)).toMatchObject({
      roles: 'nobody',
      goLive: 3,
    });
  });

  it('says where its values come from', () => {
    const entries = explainPlan(read(least), products).flatMap((part) => part.entries);
    const origin = (name: string) => entries.find((entry) => entry.name === name)?.origin;
    const names = [
      'riskTolerance',
      'rollout.strategy',
      'goLive.zone',
      'QA Lead',
      'Release Manager',
      'support',
    ];
    expect(names.map(origin)).toEqual(names.map(() => 'product'));
    expect(['teamSize', 'sales', 'DevOps Lead'].map(origin)).toEqual(['default', 'default', 'plan']);
  });
});

describe('a rotation', () => {
  const web = findProduct(products, ' WEB ');
  it.each([
    ['2030-01-06', 'Dana Fischer'],
    ['2030-01-07', 'Rita Moreno'],
    ['2030-01-13', 'Rita Moreno'],
    ['2030-01-14', 'Dana Fischer'],
    ['2030-01-21', 'Rita Moreno'],
    ['2029-12-31', 'Dana Fischer'],
    ['2029-12-24', 'Rita Moreno'],
  ])('in the week of %s has %s', (date, name) => {
    expect(web && releaseManagerOn(web, date)?.name).toBe(name);
  });
});

describe('the configuration', () => {
  it.each([
    ['{ name: A }\n  - { name: B, key: a }', 'is the name or key of another product'],
    ['{ name: A, types: { no-such: [minor] } }', 'types.no-such'],
    ['{ name: A, zone: Berlin }', 'is not an IANA time zone'],
    ['{ name: A, time: "25:00" }', 'is not a time such as'],
    ['{ name: A, rotation: { from: "2030-02-30", people: [] } }', 'products.0.rotation'],
  ])('refuses %s', (product, told) => {
    expect(() => parseConfigFile(`products:\n  - ${product}`, { path: 'tminus.yaml', env: {} })).toThrow(
      told,
    );
  });
});
