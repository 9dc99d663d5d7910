import { fillPlaceholders, placeholderName } from '../../src/assembly/physical-names';
import { Unknowns } from '../../src/assembly/unknown';

const WEB = { stackName: 'Web', logicalId: 'Thing1A2B3C4D', account: '111111111111', region: 'eu-west-1' };

test.each([
  ['AWS::IAM::Role', /^Web-Thing1A2B3C4D-[A-Za-z0-9]{12}$/],
  ['AWS::Nobody::KnowsThis', /^Web-Thing1A2B3C4D-[A-Za-z0-9]{12}$/],
  ['__proto__', /^Web-Thing1A2B3C4D-[A-Za-z0-9]{12}$/],
  ['AWS::S3::Bucket', /^web-thing1a2b3c4d-[a-z0-9]{12}$/],
  ['AWS::KMS::Key', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/],
  ['AWS::EC2::SecurityGroup', /^sg-[0-9a-f]{17}$/],
  ['AWS::CloudFront::Distribution', /^E[A-Z0-9]{13}$/],
  ['AWS::SSM::Parameter', /^CFN-Thing1A2B3C4D-[A-Za-z0-9]{12}$/],
  ['AWS::StepFunctions::StateMachine', /^Thing1A2B3C4D-[A-Za-z0-9]{12}$/],
  ['AWS::Lambda::LayerVersion', /^Thing1A2B3C4D$/],
  ['AWS::Lambda::Version', /^[1-9]{4}$/],
])('generates a placeholder of %s with the form of the actual name', (type, shape) => {
  expect(placeholderName(type, WEB)).toMatch(shape);
});

test('generates the same name for the same resource', () => {
  expect(placeholderName('AWS::IAM::Role', WEB)).toBe('Web-Thing1A2B3C4D-QlfN35yoJNQP');
  expect(placeholderName('AWS::IAM::Role', { ...WEB })).toBe(placeholderName('AWS::IAM::Role', WEB));
});

test.each(['stackName', 'logicalId', 'account', 'region'] as const)(
  'generates other characters for another %s',
  (part) => {
    function suffix(identity: typeof WEB) {
      return placeholderName('AWS::IAM::Role', identity).slice(-12);
    }

    expect(suffix({ ...WEB, [part]: 'other' })).not.toBe(suffix(WEB));
  },
);

describe('truncates long names like CloudFormation', () => {
  function cut(type: string, stackName: string, logicalId: string) {
    return placeholderName(type, { ...WEB, stackName, logicalId }).slice(0, -12);
  }

  test.each([
    // A role takes 64 characters: 50 for the stack's name and the logical id.
    ['both too long', 's'.repeat(60), 'L'.repeat(60), `${'s'.repeat(25)}-${'L'.repeat(25)}-`],
    ['the stack short', 's'.repeat(10), 'L'.repeat(60), `${'s'.repeat(10)}-${'L'.repeat(40)}-`],
    ['the logical id short', 's'.repeat(60), 'L'.repeat(10), `${'s'.repeat(40)}-${'L'.repeat(10)}-`],
    ['both just fit', 's'.repeat(25), 'L'.repeat(25), `${'s'.repeat(25)}-${'L'.repeat(25)}-`],
  ])('%s', (_, stackName, logicalId, kept) => {
    expect(cut('AWS::IAM::Role', stackName, logicalId)).toBe(kept);
  });

  test('a load balancer, with at most 32 characters', () => {
    expect(cut('AWS::ElasticLoadBalancingV2::LoadBalancer', 'production-web', 'LoadBalancerBE9EEC3A')).toBe(
      'productio-LoadBalan-',
    );
  });

  test('a name with only the logical id', () => {
    expect(cut('AWS::StepFunctions::StateMachine', 'any', 'L'.repeat(100))).toBe(`${'L'.repeat(67)}-`);
  });

  test.each([
    ['AWS::IAM::Role', 64],
    ['AWS::S3::Bucket', 63],
    ['AWS::OpenSearchService::Domain', 28],
    ['AWS::StepFunctions::StateMachine', 80],
  ])('limits %s to %d characters', (type, most) => {
    for (const length of [1, 13, 50, 127]) {
      for (const idLength of [1, 14, 60, 255]) {
        const name = placeholderName(type, { ...WEB, stackName: 's'.repeat(length), logicalId: 'L'.repeat(idLength) });
        expect(name.length).toBeLessThanOrEqual(most);
      }
    }
  });

  test('generates no leading and no double hyphen', () => {
    expect(cut('AWS::IAM::Role', '-a--b', 'Role')).toBe('a-b-Role-');
  });
});

test('does not include an unknown account in the name', () => {
  const account = new Unknowns().text({ kind: 'parameter', description: 'the account' });
  const name = placeholderName('AWS::IAM::Role', { ...WEB, account });
  expect(name).toMatch(/^Web-Thing1A2B3C4D-[A-Za-z0-9]{12}$/);
  expect(name).not.toBe(placeholderName('AWS::IAM::Role', WEB));
});

test('replaces equal placeholders of a resource by equal characters', () => {
  expect(fillPlaceholders('a/{hex:16}', WEB).slice(2)).toBe(fillPlaceholders('{name}:{hex:16}', WEB).slice(7));
  expect(fillPlaceholders('{hex:40}', WEB)).toMatch(/^[0-9a-f]{40}$/);
  expect(fillPlaceholders('{hex:64}', WEB)).toMatch(/^[0-9a-f]{64}$/);
});

test('keeps other placeholders', () => {
  expect(fillPlaceholders('{stack}/{logicalId}/{name}/{prop:Path|/}', WEB)).toBe(
    'Web/Thing1A2B3C4D/{name}/{prop:Path|/}',
  );
});
