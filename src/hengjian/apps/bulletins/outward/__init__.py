"""对外报送: what leaves the house, through the office or, as the exception, directly; the office keeps a copy of all."""
