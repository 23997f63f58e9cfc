// Renders the templates of a Helm chart by the engine and with the functions that Helm has for them:
// render CHART RELEASE VALUES, which is YAML that stands before the chart's own.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"

	"gopkg.in/yaml.v3"
)

func toYaml(value interface{}) (string, error) {
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	err := encoder.Encode(value)
	return strings.TrimSuffix(text.String(), "\n"), err
}

func nindent(spaces int, text string) string {
	pad := "\n" + strings.Repeat(" ", spaces)
	return pad + strings.ReplaceAll(text, "\n", pad)
}

func main() {
	if err := render(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func render(chart, release, more string) error {
	values := map[string]interface{}{}
	own, err := os.ReadFile(filepath.Join(chart, "values.yaml"))
	if err != nil {
		return err
	}
	// What comes later replaces whole keys of the top.
	for _, text := range []string{string(own), more} {
		if err := yaml.Unmarshal([]byte(text), &values); err != nil {
			return err
		}
	}
	data := map[string]interface{}{"Values": values, "Release": map[string]string{"Name": release}}
	functions := template.FuncMap{
		"toYaml":  toYaml,
		"nindent": nindent,
		"quote":   func(value interface{}) string { return strconv.Quote(fmt.Sprint(value)) },
	}
	files, err := filepath.Glob(filepath.Join(chart, "templates", "*.yaml"))
	if err != nil {
		return err
	}
	for _, file := range files {
		// A name that values.yaml does not have is a mistake.
		parsed, err := template.New(filepath.Base(file)).Option("missingkey=error").Funcs(functions).ParseFiles(file)
		if err != nil {
			return err
		}
		fmt.Println("---")
		if err := parsed.Execute(os.Stdout, data); err != nil {
			return err
		}
		fmt.Println()
	}
	return nil
}
