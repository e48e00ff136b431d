from hengjian.cli.main import main

main()
