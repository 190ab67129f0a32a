// Verifies CA certificates as istiod and its peers do, with Go's own crypto/x509.
//
// Reads a JSON list of CA certificates from standard input, and writes a list with one text for each: the
// error of Go, or an empty text if Go accepts them.
package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"os"
	"time"
)

// Each item is either one certificate or key in DER, or the CA certificates of a cluster.
type item struct {
	Certificate []byte
	Key         []byte
	CaCert      []byte
	CaKey       []byte
	CertChain   []byte
	RootCert    []byte
	Crl         []byte
	Uris        []string
	Dns         []string
}

func main() {
	var items []item
	if err := json.NewDecoder(os.Stdin).Decode(&items); err != nil {
		panic(err)
	}
	verdicts := make([]string, len(items))
	for i, each := range items {
		if err := verify(each); err != nil {
			verdicts[i] = err.Error()
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(verdicts); err != nil {
		panic(err)
	}
}

func verify(each item) error {
	if each.Certificate != nil {
		_, err := x509.ParseCertificate(each.Certificate)
		return err
	}
	if each.Key != nil {
		_, err := parseKey(each.Key)
		return err
	}
	if err := loadAtStart(each); err != nil {
		return fmt.Errorf("istiod does not start: %w", err)
	}
	return verifyIssued(each)
}

// What istiod checks when it loads the Secret cacerts.
func loadAtStart(each item) error {
	roots, intermediates := x509.NewCertPool(), x509.NewCertPool()
	roots.AppendCertsFromPEM(each.RootCert)
	intermediates.AppendCertsFromPEM(each.CertChain)
	cert, err := first(each.CaCert)
	if err != nil {
		return err
	}
	if _, err := cert.Verify(x509.VerifyOptions{Roots: roots, Intermediates: intermediates}); err != nil {
		return err
	}
	if _, err := parseKey(each.CaKey); err != nil {
		return err
	}
	if _, err := tls.X509KeyPair(each.CaCert, each.CaKey); err != nil {
		return err
	}
	if len(each.Crl) > 0 {
		if err := verifyCrl(each); err != nil {
			return err
		}
	}
	if !cert.IsCA {
		return errors.New("not authorized to sign other certificates")
	}
	if len(each.CertChain) == 0 {
		return nil
	}
	lowest, err := first(each.CertChain)
	if err == nil && time.Now().After(lowest.NotAfter) {
		err = errors.New("cert chain has expired")
	}
	return err
}

// Every certificate of the chain needs a list of its own.
func verifyCrl(each item) error {
	chain, err := all(each.CertChain)
	if err != nil {
		return err
	}
	var lists []*x509.RevocationList
	for block, rest := pem.Decode(each.Crl); block != nil; block, rest = pem.Decode(rest) {
		list, err := x509.ParseRevocationList(block.Bytes)
		if err != nil {
			return err
		}
		lists = append(lists, list)
	}
	for _, signer := range chain {
		found := false
		for _, list := range lists {
			found = found || list.CheckSignatureFrom(signer) == nil
		}
		if !found {
			return fmt.Errorf("missing CRL signed by %v", signer.Subject)
		}
	}
	return nil
}

// What peers check of a workload's certificate, and proxies and API servers of that of istiod.
func verifyIssued(each item) error {
	roots, err := pool(each.RootCert)
	if err != nil {
		return err
	}
	intermediates, err := pool(each.CertChain)
	if err != nil {
		return err
	}
	ca, err := first(each.CaCert)
	if err != nil {
		return err
	}
	key, err := parseKey(each.CaKey)
	if err != nil {
		return err
	}
	workload := x509.Certificate{}
	for _, text := range each.Uris {
		uri, err := url.Parse(text)
		if err != nil {
			return err
		}
		workload.URIs = append(workload.URIs, uri)
	}
	istiod := x509.Certificate{DNSNames: each.Dns}
	for _, template := range []*x509.Certificate{&workload, &istiod} {
		leaf, err := sign(template, ca, key)
		if err != nil {
			return err
		}
		for _, usage := range []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth} {
			usages := []x509.ExtKeyUsage{usage}
			options := x509.VerifyOptions{Roots: roots, Intermediates: intermediates, KeyUsages: usages}
			if _, err := leaf.Verify(options); err != nil {
				return fmt.Errorf("peers do not accept %v%v: %w", leaf.URIs, leaf.DNSNames, err)
			}
		}
	}
	return nil
}

func sign(template, ca *x509.Certificate, key crypto.PrivateKey) (*x509.Certificate, error) {
	leafKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template.SerialNumber = big.NewInt(1)
	template.NotBefore = time.Now().Add(-2 * time.Minute)
	template.NotAfter = time.Now().Add(time.Hour)
	template.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	template.BasicConstraintsValid = true
	der, err := x509.CreateCertificate(rand.Reader, template, ca, &leafKey.PublicKey, key)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

func parseKey(text []byte) (crypto.PrivateKey, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("no PEM key")
	}
	switch block.Type {
	case "EC PRIVATE KEY":
		return x509.ParseECPrivateKey(block.Bytes)
	case "RSA PRIVATE KEY":
		return x509.ParsePKCS1PrivateKey(block.Bytes)
	case "PRIVATE KEY":
		return x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	return nil, fmt.Errorf("label %s", block.Type)
}

func first(text []byte) (*x509.Certificate, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("no PEM certificate")
	}
	return x509.ParseCertificate(block.Bytes)
}

// Peers read every certificate that they receive, unlike istiod.
func all(text []byte) ([]*x509.Certificate, error) {
	var certificates []*x509.Certificate
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		if len(block.Headers) > 0 || block.Type != "CERTIFICATE" {
			return nil, errors.New("a block that is not a plain certificate")
		}
		certificates = append(certificates, certificate)
	}
	return certificates, nil
}

func pool(text []byte) (*x509.CertPool, error) {
	certificates, err := all(text)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	for _, certificate := range certificates {
		pool.AddCert(certificate)
	}
	return pool, nil
}
