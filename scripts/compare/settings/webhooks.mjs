// Injection and validation.

export const ofWebhooks = [...injection(), ...webhooks()];

function injection() {
  return [
    {
      title: 'injection by default',
      values: { sidecarInjectorWebhook: { enableNamespacesByDefault: true, reinvocationPolicy: 'IfNeeded' } },
    },
    {
      title: 'injection by selectors',
      values: {
        global: { proxy: { autoInject: 'disabled' } },
        sidecarInjectorWebhook: {
          alwaysInjectSelector: [{ matchLabels: { inject: 'always' } }],
          neverInjectSelector: [{ matchExpressions: [{ key: 'job', operator: 'Exists' }] }],
          injectedAnnotations: { 'example.com/injected': 'yes' },
          rewriteAppHTTPProbe: false,
        },
      },
    },
    {
      title: 'templates of its own',
      values: {
        sidecarInjectorWebhook: {
          templates: { hello: 'metadata:\n  labels:\n    hello: world\n' },
          defaultTemplates: ['sidecar', 'hello'],
        },
      },
    },
    { title: 'no injection', values: { global: { omitSidecarInjectorConfigMap: true } } },
  ];
}

function webhooks() {
  return [
    { title: 'no validation', values: { global: { configValidation: false } } },
    {
      title: 'webhooks that others manage',
      values: { revisionTags: ['prod'], global: { operatorManageWebhooks: true } },
    },
    {
      title: 'another path of injection',
      values: { istiodRemote: { injectionPath: '/inject/cluster/cluster1/net/network1' } },
    },
    {
      title: 'another address of injection',
      values: {
        revisionTags: ['prod'],
        istiodRemote: { injectionURL: 'https://203.0.113.3:15017/inject', injectionCABundle: 'Y2E=' },
      },
    },
    {
      title: 'another address of validation',
      defaultTag: 'of this revision',
      values: {
        base: { validationURL: 'https://203.0.113.3:15017/validate', validationCABundle: 'Y2E=' },
      },
    },
    {
      title: 'strict validation',
      defaultTag: 'of this revision',
      values: { base: { validationFailurePolicy: 'Fail' } },
    },
  ];
}
