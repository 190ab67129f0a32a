import type { Workplace } from './workplace';

/** The certificate of a workload that the thief of a cluster's intermediate key issues. */
const extensions = [
  'subjectAltName=critical,URI:spiffe://cluster.local/ns/sample/sa/curl',
  'keyUsage=critical,digitalSignature,keyEncipherment',
  'extendedKeyUsage=serverAuth,clientAuth',
  'basicConstraints=critical,CA:FALSE',
];

const request = String.raw`GET /hello HTTP/1.1\r\nHost: helloworld.sample:5000\r\nConnection: close\r\n\r\n`;

/** A client outside of the mesh with the key of a cluster's intermediate certificate. */
export class Thief {
  constructor(
    private readonly workplace: Workplace,
    cluster: string,
  ) {
    workplace.run(`mkdir thief
cp certs/${cluster}/ca-cert.pem certs/${cluster}/ca-key.pem thief
cd thief
printf '%s\\n' ${extensions.map((each) => `'${each}'`).join(' ')} > extensions
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=thief -keyout key.pem -out request
openssl x509 -req -in request -CA ca-cert.pem -CAkey ca-key.pem -CAcreateserial -days 1 -extfile extensions -out cert.pem`);
  }

  /** Calls HelloWorld of a cluster through its gateway, and returns what openssl prints. */
  callTo(cluster: string): string {
    const address = this.workplace.kubectl(
      cluster,
      "-n istio-system get service istio-eastwestgateway -o jsonpath='{.status.loadBalancer.ingress[0].ip}'",
    );
    const options = [
      `-connect ${address}:15443 -servername outbound_.5000_._.helloworld.sample.svc.cluster.local -alpn istio`,
      '-cert thief/cert.pem -key thief/key.pem -cert_chain thief/ca-cert.pem',
    ].join(' ');
    return this.workplace.run(
      `printf '${request}' | timeout 20 openssl s_client -quiet ${options} 2>&1 || true`,
    );
  }
}
