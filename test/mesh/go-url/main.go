// Prints how Go's package net/url reads the addresses of a JSON list.
package main

import (
	"encoding/json"
	"net/url"
	"os"
)

type reading struct {
	Error    string
	Scheme   string
	User     bool
	Hostname string
	Port     string
	Path     string
	Rest     bool
}

func read(address string) reading {
	parsed, err := url.Parse(address)
	if err != nil {
		return reading{Error: err.Error()}
	}
	return reading{
		Scheme:   parsed.Scheme,
		User:     parsed.User != nil,
		Hostname: parsed.Hostname(),
		Port:     parsed.Port(),
		Path:     parsed.EscapedPath(),
		Rest:     parsed.RawQuery != "" || parsed.ForceQuery || parsed.Fragment != "" || parsed.Opaque != "",
	}
}

func main() {
	var addresses []string
	if err := json.NewDecoder(os.Stdin).Decode(&addresses); err != nil {
		panic(err)
	}
	readings := make([]reading, len(addresses))
	for index, address := range addresses {
		readings[index] = read(address)
	}
	if err := json.NewEncoder(os.Stdout).Encode(readings); err != nil {
		panic(err)
	}
}
